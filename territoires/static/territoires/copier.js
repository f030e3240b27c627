// A button that copies a field, shown where the browser can: without it, one selects and copies.
"use strict";

for (const bouton of document.querySelectorAll("[data-copie-de]")) {
  const champ = document.getElementById(bouton.dataset.copieDe);
  bouton.hidden = false;
  bouton.addEventListener("click", () => {
    champ.select();
    const copie = navigator.clipboard ? navigator.clipboard.writeText(champ.value) : Promise.reject();
    const dit = bouton.parentElement.querySelector("[role=status]");
    const faute = "Le lien est sélectionné : copiez-le avec Ctrl + C.";
    copie.then(() => { dit.textContent = "Lien copié."; }, () => { dit.textContent = faute; });
  });
}
