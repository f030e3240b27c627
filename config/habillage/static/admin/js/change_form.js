/* Over the stock script: the first field is given the focus once the page stands. Before, what
   other scripts fold or unfold would leave the page scrolled; by then, somebody may be elsewhere. */
"use strict";
(() => {
  const nom = document.getElementById("django-admin-form-add-constants").dataset.modelName;
  const commencer = () => {
    // An address with a part of the page leads there.
    if (!nom || location.hash || document.activeElement !== document.body) return;
    const champs = [...document.getElementById(`${nom}_form`).elements];
    champs.find((champ) => champ.matches("button, input, select, textarea") && !champ.disabled && champ.offsetParent)?.focus();
  };
  if (document.readyState === "complete") commencer();
  else window.addEventListener("load", commencer, { once: true });
})();
