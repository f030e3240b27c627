/* Over the stock script: lines of a form are added and taken away by real buttons, the focus follows,
   no library is needed. Same page, same events (formset:added, formset:removed). */
"use strict";
(() => {
  const RENOMMES = ["id", "name", "for", "aria-labelledby", "aria-describedby", "aria-controls", "formaction", "value"];
  const A_SAISIR = "input:not([type=hidden], [type=date][tabindex]), select:not([hidden]), textarea";

  const animer = (groupe) => {
    const { options } = JSON.parse(groupe.dataset.inlineFormset);
    const { prefix, deleteText } = options;
    const enTable = groupe.dataset.inlineType === "tabular";
    const modele = document.getElementById(`${prefix}-empty`);
    const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
    const nombre = (genre) => document.getElementById(`id_${prefix}-${genre}_NUM_FORMS`).value;
    const ajouter = groupe.querySelector("button[name=_ajouter]");
    if (!modele || !ajouter) return;
    total.autocomplete = "off"; // a page that comes back counts its lines again
    const lignes = () => [...modele.parentElement.children].filter((l) => l !== modele && l.matches(enTable ? "tr.form-row" : ".inline-related"));

    const renommer = (racine, rang) => {
      const ancien = new RegExp(`${prefix}-(\\d+|__prefix__)(?=-|$)`, "g");
      for (const e of [racine, ...racine.querySelectorAll("*")]) {
        for (const attribut of RENOMMES) {
          const dit = e.getAttribute(attribut);
          if (dit && (attribut !== "value" || e.name === "_chercher")) e.setAttribute(attribut, dit.replace(ancien, `${prefix}-${rang}`));
        }
      }
      const numero = racine.classList.contains("has_original") ? null : racine.querySelector(".inline_label");
      if (numero) numero.textContent = rang + 1;
    };
    const montrer = () => {
      const n = lignes().length;
      ajouter.parentElement.hidden = nombre("MAX") !== "" && n >= Number(nombre("MAX"));
      for (const b of groupe.querySelectorAll(".inline-deletelink")) b.hidden = n <= Number(nombre("MIN"));
    };
    const retirer = (ligne) => {
      const avant = ligne.previousElementSibling;
      if (avant?.matches(".row-form-errors")) avant.remove();
      ligne.remove();
      const restent = lignes();
      restent.forEach(renommer);
      total.value = restent.length;
      montrer();
      document.dispatchEvent(new CustomEvent("formset:removed", { detail: { formsetName: prefix } }));
      (ajouter.parentElement.hidden ? groupe.querySelector(A_SAISIR) : ajouter)?.focus();
    };
    const avecBouton = (ligne) => {
      const bouton = document.createElement("button");
      bouton.type = "button";
      bouton.className = "inline-deletelink";
      bouton.textContent = deleteText;
      bouton.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: " cette ligne" }));
      bouton.addEventListener("click", () => retirer(ligne));
      if (enTable) ligne.lastElementChild.append(bouton);
      else ligne.querySelector("h3").after(bouton);
    };

    ajouter.addEventListener("click", (evenement) => {
      evenement.preventDefault();
      const ligne = modele.cloneNode(true);
      const rang = lignes().length;
      ligne.classList.remove("empty-form", "last-related");
      ligne.classList.add(`dynamic-${prefix}`);
      renommer(ligne, rang);
      ligne.id = `${prefix}-${rang}`;
      avecBouton(ligne);
      modele.before(ligne);
      total.value = rang + 1;
      montrer();
      ligne.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }));
      ligne.querySelector(A_SAISIR)?.focus();
    });
    for (const ligne of lignes()) {
      ligne.classList.add(`dynamic-${prefix}`);
      if (!ligne.classList.contains("has_original")) avecBouton(ligne);
    }
    montrer();
  };

  const commencer = () => document.querySelectorAll(".js-inline-admin-formset").forEach(animer);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", commencer);
  else commencer();
})();
