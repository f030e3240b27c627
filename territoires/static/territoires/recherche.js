/* Proposals while one types, in any field that names where to ask for them (data-propositions):
   a combobox of the ARIA patterns. Without it, the form finds the same things. */
"use strict";

document.querySelectorAll("input[data-propositions]").forEach((champ) => {
  const cadre = document.createElement("div");
  cadre.className = "avec-propositions";
  champ.before(cadre);
  cadre.append(champ);
  const liste = document.createElement("ul");
  liste.className = "propositions";
  liste.id = `${champ.id}-propositions`;
  liste.hidden = true;
  liste.setAttribute("role", "listbox");
  liste.setAttribute("aria-label", "Propositions");
  const annonce = document.createElement("p");
  annonce.className = "fr-sr-only";
  annonce.setAttribute("role", "status");
  cadre.append(liste, annonce);
  Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
    "aria-controls": liste.id, "aria-expanded": "false",
  }).forEach(([nom, valeur]) => champ.setAttribute(nom, valeur));
  brancher(champ, liste, annonce);
});

function brancher(champ, liste, annonce) {
  let attente, demande, choisie = -1;

  function fermer() {
    liste.hidden = true;
    liste.replaceChildren();
    choisie = -1;
    champ.setAttribute("aria-expanded", "false");
    champ.removeAttribute("aria-activedescendant");
  }

  function montrer(propositions) {
    fermer();
    propositions.forEach((proposition, rang) => liste.append(ligne(proposition, rang)));
    liste.hidden = !propositions.length;
    champ.setAttribute("aria-expanded", String(!liste.hidden));
    annonce.textContent = propositions.length
      ? `${propositions.length} proposition${propositions.length > 1 ? "s" : ""}`
      : "Aucune proposition";
  }

  function ligne(proposition, rang) {
    const option = document.createElement("li");
    option.id = `${liste.id}-${rang}`;
    option.dataset.adresse = proposition.adresse;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const detail = document.createElement("span");
    detail.textContent = [proposition.genre, proposition.detail].filter(Boolean).join(" · ");
    option.append(proposition.titre, detail);
    return option;
  }

  function choisir(rang) {
    const options = [...liste.children];
    if (!options.length) return;
    choisie = (rang + options.length + 1) % (options.length + 1); // the last place: the field
    options.forEach((option, autre) => {
      option.setAttribute("aria-selected", String(autre === choisie));
    });
    const option = options[choisie];
    if (option) {
      champ.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      choisie = -1;
      champ.removeAttribute("aria-activedescendant");
    }
  }

  async function demander() {
    demande?.abort();
    demande = new AbortController();
    const texte = champ.value.trim();
    if (texte.length < 2) return fermer();
    const adresse = `${champ.dataset.propositions}?q=${encodeURIComponent(texte)}`;
    try {
      const reponse = await fetch(adresse, { signal: demande.signal });
      if (reponse.ok) montrer((await reponse.json()).propositions);
    } catch {
      /* Overtaken by the next letter, or no network: the form still works. */
    }
  }

  champ.addEventListener("input", () => {
    clearTimeout(attente);
    attente = setTimeout(demander, 120);
  });
  champ.addEventListener("keydown", (touche) => {
    if (touche.key === "ArrowDown") choisir(choisie + 1);
    else if (touche.key === "ArrowUp") choisir(choisie < 0 ? liste.children.length - 1 : choisie - 1);
    else if (touche.key === "Escape" && !liste.hidden) fermer();
    else if (touche.key === "Enter" && choisie >= 0) location.assign(liste.children[choisie].dataset.adresse);
    else return;
    if (touche.key !== "ArrowDown" || liste.children.length) touche.preventDefault();
  });
  champ.addEventListener("blur", () => setTimeout(fermer, 150));
  liste.addEventListener("pointerdown", (geste) => {
    const option = geste.target.closest("li");
    if (option) location.assign(option.dataset.adresse);
    geste.preventDefault();
  });
}
