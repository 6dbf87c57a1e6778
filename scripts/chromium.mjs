/** Prints where the tests' browser is, after unpacking it: a Chromium that needs no installation. */
import chromium from "@sparticuz/chromium";

console.log(await chromium.executablePath());
