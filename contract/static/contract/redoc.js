"use strict";

const page = document.getElementById("redoc");

window.Redoc.init(page.dataset.schema, { nonce: page.dataset.nonce }, page);
