/* A field that chooses among thousands becomes a combobox (ARIA Authoring Practices: list
   autocomplete). The list of the page keeps what is chosen: other scripts read and write it, and say
   so by « change ». Without this script the list and « Chercher » do the same. */
"use strict";
(() => {
  const DELAI = 250; // ms without a key before the site is asked
  const DITS = {
    rien: "Aucune réponse",
    panne: "La recherche ne répond pas. Réessayez.",
    suite: "Afficher la suite",
    effacer: "Effacer",
    retirer: (nom) => `Retirer ${nom}`,
    retire: (nom) => `${nom}, retiré.`,
    choisi: (nom) => `${nom}, choisi.`,
    reponses: (n, suite) => (suite ? `${n} réponses affichées, il y en a d’autres.` : n > 1 ? `${n} réponses.` : "Une réponse."),
  };
  let rang = 0;

  const element = (balise, attributs = {}, texte = "") => {
    const e = document.createElement(balise);
    for (const [nom, valeur] of Object.entries(attributs)) e.setAttribute(nom, valeur);
    e.textContent = texte;
    return e;
  };

  /* Several choices stand in the page as boxes; here they stand in one list. */
  const listeDes = (boite) => {
    const cases = boite.querySelector("fieldset");
    const champ = boite.querySelector(".habillage-choix__recherche input");
    const liste = element("select", { name: champ.name.slice(0, -"--terme".length), id: champ.id.slice(0, -"--terme".length), multiple: "" });
    for (const c of cases.querySelectorAll("input")) {
      if (c.checked) liste.add(new Option(c.nextElementSibling.textContent, c.value, true, true));
    }
    cases.replaceWith(liste);
    return liste;
  };

  const animer = (boite) => {
    if (boite.classList.contains("habillage-choix--anime") || boite.id.includes("__prefix__")) return;
    boite.classList.add("habillage-choix--anime");
    const plusieurs = "plusieurs" in boite.dataset;
    const champ = boite.querySelector(".habillage-choix__recherche input");
    const liste = plusieurs ? listeDes(boite) : boite.querySelector("select");
    const propositions = element("ul", { role: "listbox", id: `habillage-choix-${(rang += 1)}`, class: "habillage-choix__propositions", hidden: "" });
    const etat = element("p", { role: "status", class: "fr-sr-only" });
    const etiquettes = element("ul", { class: "habillage-choix__etiquettes" });
    const effacer = element("button", { type: "button", class: "habillage-choix__effacer" }, DITS.effacer);
    let trouves = [];
    let actif = -1;
    let page = 1;
    let attente;
    let demande;

    const choisis = () => [...liste.selectedOptions].filter((o) => o.value);
    const nom = () => (plusieurs ? "" : (choisis()[0]?.text ?? ""));
    const ouvert = () => !propositions.hidden;
    const dire = (texte) => { etat.textContent = texte; };

    const dessiner = () => {
      if (!plusieurs) {
        if (document.activeElement !== champ || !ouvert()) champ.value = nom();
        effacer.hidden = !nom();
        return;
      }
      etiquettes.replaceChildren(...choisis().map((option) => {
        const ligne = element("li");
        const bouton = element("button", { type: "button", class: "habillage-choix__retirer", "aria-label": DITS.retirer(option.text) }, option.text);
        bouton.addEventListener("click", () => {
          option.remove();
          prevenir();
          dire(DITS.retire(option.text));
          champ.focus();
        });
        ligne.append(bouton);
        return ligne;
      }));
      etiquettes.hidden = !choisis().length;
    };
    const prevenir = () => liste.dispatchEvent(new Event("change", { bubbles: true }));

    const fermer = () => {
      clearTimeout(attente);
      demande?.abort();
      propositions.hidden = true;
      actif = -1;
      champ.setAttribute("aria-expanded", "false");
      champ.removeAttribute("aria-activedescendant");
    };
    const ouvrir = () => {
      propositions.hidden = false;
      propositions.scrollIntoView({ block: "nearest" });
      champ.setAttribute("aria-expanded", "true");
    };
    const viser = (lequel) => {
      const lignes = [...propositions.querySelectorAll("[role=option]:not([aria-disabled])")];
      actif = lignes.length ? (lequel + lignes.length) % lignes.length : -1;
      lignes.forEach((ligne, i) => ligne.classList.toggle("actif", i === actif));
      if (actif < 0) { champ.removeAttribute("aria-activedescendant"); return; }
      champ.setAttribute("aria-activedescendant", lignes[actif].id);
      lignes[actif].scrollIntoView({ block: "nearest" });
    };

    const proposer = (suite) => {
      const pris = new Set(choisis().map((o) => o.value));
      const lignes = trouves.map(({ id, text }, i) => {
        const ligne = element("li", { role: "option", id: `${propositions.id}-${i}`, "aria-selected": pris.has(id) }, text);
        ligne.addEventListener("click", () => choisir(i));
        return ligne;
      });
      if (suite) {
        lignes.push(element("li", { role: "option", id: `${propositions.id}-suite`, "aria-selected": "false", class: "suite" }, DITS.suite));
        lignes.at(-1).addEventListener("click", laSuite);
      }
      if (!lignes.length) lignes.push(element("li", { role: "option", id: `${propositions.id}-rien`, "aria-disabled": "true", "aria-selected": "false" }, DITS.rien));
      propositions.replaceChildren(...lignes);
      ouvrir();
      dire(trouves.length ? DITS.reponses(trouves.length, suite) : DITS.rien);
    };

    const chercher = async (terme, laquelle = 1) => {
      demande?.abort();
      demande = new AbortController();
      const { adresse, app_label, model_name, field_name } = boite.dataset;
      const question = new URLSearchParams({ term: terme, page: laquelle, app_label, model_name, field_name });
      try {
        const reponse = await fetch(`${adresse}?${question}`, { signal: demande.signal });
        if (!reponse.ok) throw new Error(reponse.status);
        const { results, pagination } = await reponse.json();
        const deja = laquelle > 1 ? trouves.length : 0;
        trouves = laquelle > 1 ? [...trouves, ...results] : results;
        page = laquelle;
        proposer(pagination.more);
        if (deja || terme) viser(deja);
      } catch (erreur) {
        if (erreur.name === "AbortError") return;
        trouves = [];
        propositions.replaceChildren(element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, DITS.panne));
        ouvrir();
        dire(DITS.panne);
      }
    };
    const terme = () => (champ.value.trim() === nom() ? "" : champ.value.trim());
    const laSuite = () => chercher(terme(), page + 1);

    const choisir = (i) => {
      const { id, text } = trouves[i];
      let option = [...liste.options].find((o) => o.value === id);
      if (!option) liste.add((option = new Option(text, id)));
      option.selected = true;
      fermer();
      champ.value = plusieurs ? "" : text;
      prevenir();
      dire(DITS.choisi(text));
    };
    const vider = () => {
      liste.value = "";
      champ.value = "";
      prevenir();
    };

    const prendre = () => {
      const ligne = propositions.querySelector(".actif");
      if (ligne?.classList.contains("suite")) laSuite();
      else if (ligne) choisir(actif);
    };
    const touche = (evenement) => {
      const { key, altKey } = evenement;
      if (key === "ArrowDown" || key === "ArrowUp") {
        if (!ouvert()) chercher(terme());
        else if (!altKey) viser(actif + (key === "ArrowDown" ? 1 : actif < 0 ? 0 : -1));
        else fermer();
      } else if (key === "Enter" && (ouvert() || terme())) prendre();
      else if (key === "Escape" && (ouvert() || terme())) {
        if (!ouvert()) champ.value = nom();
        fermer();
      } else return;
      evenement.preventDefault();
      evenement.stopPropagation();
    };

    champ.addEventListener("input", () => {
      clearTimeout(attente);
      attente = setTimeout(() => chercher(terme()), DELAI);
    });
    champ.addEventListener("keydown", touche);
    champ.addEventListener("click", () => { if (!ouvert()) chercher(terme()); });
    champ.addEventListener("blur", () => {
      fermer();
      if (!champ.value.trim() && "facultatif" in boite.dataset && nom()) vider();
      champ.value = nom();
    });
    champ.addEventListener("focus", () => champ.select());
    propositions.addEventListener("mousedown", (evenement) => evenement.preventDefault());
    effacer.addEventListener("click", () => { dire(DITS.retire(nom())); vider(); champ.focus(); });
    liste.addEventListener("change", dessiner);
    new MutationObserver(dessiner).observe(liste, { childList: true });

    boite.querySelector(".habillage-choix__recherche button").remove();
    boite.querySelectorAll("input[name$='--vu'], .help").forEach((e) => e.remove());
    champ.removeAttribute("name");
    champ.value = "";
    for (const [attribut, valeur] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": propositions.id })) champ.setAttribute(attribut, valeur);
    if (!plusieurs) {
      const titres = [...liste.labels];
      for (const attribut of ["aria-label", "aria-describedby", "aria-invalid", "aria-required"]) {
        if (liste.hasAttribute(attribut)) champ.setAttribute(attribut, liste.getAttribute(attribut));
      }
      if (titres.length) champ.removeAttribute("aria-label");
      for (const titre of titres) titre.htmlFor = champ.id;
      if ("facultatif" in boite.dataset) {
        effacer.append(element("span", { class: "fr-sr-only" }, ` : ${(titres[0]?.textContent ?? champ.getAttribute("aria-label") ?? "").trim()}`));
        champ.after(effacer);
      }
      if (document.activeElement === liste) champ.focus();
    } else champ.parentElement.before(etiquettes);
    liste.hidden = true;
    champ.parentElement.append(propositions);
    boite.append(etat);
    dessiner();
  };

  const animerTout = (ou) => ou.querySelectorAll(".habillage-choix").forEach(animer);
  const commencer = () => {
    animerTout(document);
    document.addEventListener("formset:added", ({ target }) => animerTout(target));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", commencer);
  else commencer();
})();
