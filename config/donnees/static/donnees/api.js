// « Essayer »: the answer shows on the page, also with a key, which no form can send by itself.
"use strict";

(function () {
  const formulaire = document.querySelector("[data-essai]");
  const reponse = document.getElementById("reponse");
  if (!formulaire || !reponse) return;
  const cle = formulaire.querySelector("[data-cle]");
  const statut = reponse.querySelector("[data-statut]");
  const corps = reponse.querySelector("code");
  cle.hidden = false;

  function montrer(texte, json) {
    statut.textContent = texte;
    corps.textContent = json;
    reponse.hidden = false;
  }

  function enClair(texte) {
    try {
      return JSON.stringify(JSON.parse(texte), null, 2);
    } catch {
      return texte;
    }
  }

  async function demander(evenement) {
    evenement.preventDefault();
    const parametres = new URLSearchParams();
    for (const [nom, valeur] of new FormData(formulaire)) if (valeur) parametres.append(nom, valeur);
    const adresse = `${formulaire.action.split("?")[0]}?${parametres}`;
    const saisie = cle.querySelector("input").value.trim();
    const entetes = saisie ? { Authorization: `Bearer ${saisie}` } : {};
    try {
      const recue = await fetch(adresse, { headers: entetes, credentials: "omit" });
      montrer(`${recue.status} – GET ${adresse}`, enClair(await recue.text()));
    } catch {
      montrer("Le service ne répond pas : réessayez.", "");
    }
  }

  formulaire.addEventListener("submit", demander);
})();
