/* Stops a file that is too large before it leaves, says that a long reading is under way, and sends
   a form once; the server says and holds the same without this script. */
"use strict";
(() => {
  const champ = document.querySelector("input[type=file][data-maximum]");
  champ?.addEventListener("change", () => {
    const maximum = Number(champ.dataset.maximum);
    const lourd = [...champ.files].find((fichier) => fichier.size > maximum);
    const mo = (octets) => Math.round(octets / 1048576);
    champ.setCustomValidity(lourd ? `Ce fichier pèse ${mo(lourd.size)} Mo\u202f; le maximum est de ${mo(maximum)} Mo. Partagez-le en plusieurs fichiers.` : "");
    champ.reportValidity();
  });
  document.addEventListener("submit", (evenement) => {
    const formulaire = evenement.target;
    if (formulaire.method !== "post" || evenement.defaultPrevented) return;
    if (formulaire.dataset.envoye) {
      evenement.preventDefault();
      return;
    }
    formulaire.dataset.envoye = "oui";
    const etat = formulaire.querySelector("[data-attente]");
    if (etat) etat.textContent = etat.dataset.attente;
  });
  /* The back button shows the page as it was left. */
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-envoye]").forEach((formulaire) => {
      delete formulaire.dataset.envoye;
      const etat = formulaire.querySelector("[data-attente]");
      if (etat) etat.textContent = "";
    });
  });
})();
