// Loaded before Redoc. Two things of it would break the page's policy: a style sheet that it adds
// before it can be told the nonce, and its maker's logo, fetched from elsewhere.

const page = document.getElementById("redoc");
const createElement = document.createElement.bind(document);

document.createElement = (name, options) => {
  const element = createElement(name, options);
  if (name === "style") {
    element.nonce = page.dataset.nonce;
  }
  if (name === "img") {
    keepOurs(element);
  }
  return element;
};

function keepOurs(image) {
  const setAttribute = image.setAttribute.bind(image);
  const set = (name, value) => {
    if (name === "src" && new URL(value, location.href).origin !== location.origin) {
      image.hidden = true;
    } else {
      setAttribute(name, value);
    }
  };
  image.setAttribute = set;
  Object.defineProperty(image, "src", { set: (value) => set("src", value) });
}

document.addEventListener("DOMContentLoaded", () => {
  window.Redoc.init(page.dataset.schema, { nonce: page.dataset.nonce }, page);
});
