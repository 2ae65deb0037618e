"use strict";

// What is opened from here gets no hold on this page, and is not told of it.
const openWindow = window.open.bind(window);
window.open = (address) =>
  address ? openWindow(address, "_blank", "noopener,noreferrer") : openWindow();

// Keys go to the reader without a click, from the moment that it draws.
document.addEventListener("DOMContentLoaded", () => {
  const focus = () => document.querySelector(".xterm-helper-textarea")?.focus();
  const watch = new MutationObserver(focus);
  watch.observe(document.body, { attributeFilter: ["class"] });
});
