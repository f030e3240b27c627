/* Refreshes the totals of the plan de financement and stops a file that is too large before it
   leaves; the server says the same without this script. */
"use strict";
(() => {
  const TAILLE_MAXIMALE = 20 * 1024 * 1024;
  /* No decimals when there are none, two otherwise: as the server writes amounts. */
  const euros = (somme) => new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR", minimumFractionDigits: Number.isInteger(somme) ? 0 : 2, maximumFractionDigits: 2 }).format(somme);

  const montant = (champ) => {
    const texte = (champ?.value ?? "").replace(/[\s\u00a0\u2009\u202f€]/g, "").replace(",", ".");
    return texte !== "" && Number.isFinite(Number(texte)) ? Number(texte) : null;
  };

  const totaux = () => {
    const boite = document.getElementById("totaux-financement");
    if (!boite || !document.querySelector("#financements-group input[name$=-montant]")) return;
    const sommes = { acquis: 0, demande: 0 };
    for (const champ of document.querySelectorAll("#financements-group input[name$=-montant]")) {
      const ligne = champ.closest("tr");
      if (champ.name.includes("__prefix__") || ligne.querySelector("input[name$=-DELETE]")?.checked) continue;
      const statut = ligne.querySelector("select[name$=-statut]")?.value;
      if (statut in sommes) sommes[statut] += montant(champ) ?? 0;
    }
    const total = sommes.acquis + sommes.demande;
    const cout = montant(document.getElementById(boite.dataset.cout));
    for (const [nom, somme] of Object.entries({ ...sommes, total })) {
      boite.querySelector(`[data-total=${nom}]`).textContent = euros(somme);
    }
    boite.querySelector("[data-part]").textContent = cout ? `, soit ${Math.round((100 * sommes.acquis) / cout)}\u202f% du coût total` : "";
    const ecart = cout === null ? null : Math.round((cout - total) * 100) / 100;
    let phrase = "";
    if (ecart > 0) phrase = `Il reste ${euros(ecart)} à trouver.`;
    else if (ecart < 0) phrase = `Le plan dépasse le coût total de ${euros(-ecart)}\u202f: à corriger avant de transmettre.`;
    else if (ecart === 0) phrase = "Le plan couvre exactement le coût total.";
    boite.querySelector("[data-equilibre]").textContent = phrase;
    const resume = document.querySelector(".fiche-barre [data-cout]");
    if (resume && cout !== null) resume.textContent = euros(cout);
    const entier = Math.max(cout ?? 0, total) || 1;
    let gauche = 0;
    for (const part of boite.querySelectorAll("[data-part-du-plan]")) {
      const largeur = (100 * sommes[part.dataset.partDuPlan]) / entier;
      part.setAttribute("x", gauche);
      part.setAttribute("width", largeur);
      gauche += largeur;
    }
  };

  const fichier = (champ) => {
    const lourd = [...champ.files].find((f) => f.size > TAILLE_MAXIMALE);
    champ.setCustomValidity(lourd ? `Ce fichier pèse ${Math.round(lourd.size / 1048576)} Mo\u202f; le maximum est de 20 Mo.` : "");
    champ.reportValidity();
    if (lourd) champ.value = "";
  };

  document.addEventListener("formset:added", totaux);
  document.addEventListener("formset:removed", totaux);
  document.addEventListener("input", totaux);
  document.addEventListener("change", (e) => { e.target.type === "file" ? fichier(e.target) : totaux(); });
  document.addEventListener("submit", (e) => {
    /* Sent once: a second click on a slow line would write everything twice. */
    if (e.defaultPrevented) return;
    if (e.target.dataset.envoye) e.preventDefault();
    e.target.dataset.envoye = "oui";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-envoye]").forEach((f) => delete f.dataset.envoye));
  totaux();
})();
