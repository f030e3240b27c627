/* Nothing typed is lost: a draft of each form is kept in this browser as one types, offered again
   until the form is saved, and leaving asks. Sentences stand in the page (#saisie-brouillons). */
"use strict";
(() => {
  const page = document.getElementById("saisie-brouillons");
  const agent = page?.dataset.agent;
  const DEBUT = "saisie:";
  const SIENS = `${DEBUT}${agent}:`;
  const AGE_MAXIMAL = 30 * 24 * 3600 * 1000;
  const OUVERTE_LE = Date.now();
  const TUS = /^(csrfmiddlewaretoken|saisi_par|_.*|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS)$/;
  const LUS = ["lu", "vu", "version", "passage"]; // what the page showed: a conflict is told by it
  const LIGNE = /^(.+)-(\d+)-(.+)$/;
  let envoye = false;
  let sorti = false;

  const memoire = {
    lire(cle) { try { return JSON.parse(localStorage.getItem(cle)); } catch { return null; } },
    ecrire(cle, valeur) { try { localStorage.setItem(cle, JSON.stringify(valeur)); } catch { /* full or forbidden: the server still gives back */ } },
    oublier(cle) { try { localStorage.removeItem(cle); } catch { /* forbidden */ } },
    cles() { try { return Object.keys(localStorage).filter((c) => c.startsWith(DEBUT)); } catch { return []; } },
  };

  /* --- What a form says ------------------------------------------------------------------- */

  const compte = (champ) => champ.name && !champ.disabled && !TUS.test(champ.name) && !champ.name.includes("__prefix__") && !["file", "password", "submit", "button", "image", "reset"].includes(champ.type);

  /* {name: [values]}; an unticked box or an empty list says so by no value. */
  const lire = (formulaire) => {
    const valeurs = {};
    for (const champ of formulaire.elements) {
      if (!compte(champ)) continue;
      const liste = (valeurs[champ.name] ??= []);
      if (champ.type === "checkbox" || champ.type === "radio") { if (champ.checked) liste.push(champ.value); }
      else if (champ.tagName === "SELECT") for (const o of champ.selectedOptions) liste.push(o.value);
      else liste.push(champ.value);
    }
    return valeurs;
  };

  const nombre = (formulaire, prefixe, genre) => Number(formulaire.elements[`${prefixe}-${genre}_FORMS`]?.value ?? 0);
  const deLigne = (formulaire, nom) => {
    const morceaux = LIGNE.exec(nom);
    return morceaux && formulaire.elements[`${morceaux[1]}-TOTAL_FORMS`] ? morceaux.slice(1) : null;
  };
  const pareil = (a, b) => JSON.stringify(a ?? []) === JSON.stringify(b ?? []);
  const noms = (formulaire, nom) => [...formulaire.elements].filter((c) => c.name === nom);
  /* A choice fetched as one types has its label nowhere else. */
  const libelles = (formulaire, nom) => Object.fromEntries(noms(formulaire, nom).flatMap((c) => (c.tagName === "SELECT" ? [...c.selectedOptions].map((o) => [o.value, o.text]) : [])));

  /* What was changed since the page came: {simples, lignes, lus}; null when nothing was. */
  const changements = (suivi) => {
    const { formulaire, avant } = suivi;
    const apres = lire(formulaire);
    const simples = {};
    const lignes = {};
    for (const [nom, valeurs] of Object.entries(apres)) {
      const morceaux = deLigne(formulaire, nom);
      const change = !pareil(valeurs, avant[nom] ?? (morceaux ? suivi.vides[`${morceaux[0]}-${morceaux[2]}`] : []));
      if (!change) continue;
      const dit = { valeurs, libelles: libelles(formulaire, nom) };
      if (!morceaux) { if (!LUS.includes(nom)) simples[nom] = dit; continue; }
      const [prefixe, rang, champ] = morceaux;
      if (champ === "id") continue;
      const cle = apres[`${prefixe}-${rang}-id`]?.[0] ?? "";
      const ligne = (lignes[`${prefixe}-${rang}`] ??= { prefixe, cle, rang, champs: {} });
      ligne.champs[champ] = dit;
    }
    if (!Object.keys(simples).length && !Object.keys(lignes).length) return null;
    const lus = Object.fromEntries(LUS.filter((nom) => apres[nom]).map((nom) => [nom, apres[nom]]));
    return { simples, lignes: Object.values(lignes), lus };
  };

  /* A page that came back refused shows the draft: what is typed since is added to it. */
  const joindre = (base, change) => {
    if (!base || !change) return change;
    const lignes = {};
    for (const ligne of [...base.lignes, ...change.lignes]) {
      const cle = `${ligne.prefixe}-${ligne.cle || `nouvelle-${ligne.rang}`}`;
      lignes[cle] = { ...ligne, champs: { ...lignes[cle]?.champs, ...ligne.champs } };
    }
    return { simples: { ...base.simples, ...change.simples }, lignes: Object.values(lignes), lus: change.lus };
  };

  /* What an empty row says, from the one that the page keeps to make others. */
  const vides = (formulaire) => {
    const trouves = {};
    for (const champ of document.querySelectorAll("[name*=__prefix__]")) {
      const nom = champ.name.replace("-__prefix__-", "-");
      if (champ.form !== formulaire) continue;
      const coche = !["checkbox", "radio"].includes(champ.type) || champ.checked;
      (trouves[nom] ??= []).push(...(champ.tagName === "SELECT" ? [...champ.selectedOptions].map((o) => o.value) : coche ? [champ.value] : []));
    }
    return trouves;
  };

  /* --- Putting it back -------------------------------------------------------------------- */

  const prevenir = (champ) => { for (const genre of ["input", "change"]) champ.dispatchEvent(new Event(genre, { bubbles: true })); };

  const poser = (formulaire, nom, { valeurs, libelles: textes }) => {
    const champs = noms(formulaire, nom).filter((c) => !c.disabled);
    champs.forEach((champ, rang) => {
      if (champ.type === "checkbox" || champ.type === "radio") champ.checked = valeurs.includes(champ.value);
      else if (champ.tagName === "SELECT") {
        for (const valeur of valeurs) if (![...champ.options].some((o) => o.value === valeur)) champ.add(new Option(textes[valeur] ?? valeur, valeur));
        for (const o of champ.options) o.selected = valeurs.includes(o.value);
      } else champ.value = valeurs[rang] ?? "";
      prevenir(champ);
      champ.closest("details")?.setAttribute("open", "");
    });
    return champs.length > 0;
  };

  const estVide = (suivi, prefixe, rang) => Object.entries(lire(suivi.formulaire)).every(([nom, v]) => !nom.startsWith(`${prefixe}-${rang}-`) || nom.endsWith("-id") || pareil(v, suivi.vides[`${prefixe}-${nom.slice(`${prefixe}-${rang}-`.length)}`]) || suivi.avant[nom] && pareil(v, suivi.avant[nom]) && v.every((x) => !x));

  const rangDe = (suivi, { prefixe, cle }) => {
    const { formulaire } = suivi;
    const total = nombre(formulaire, prefixe, "TOTAL");
    for (let rang = 0; rang < total; rang += 1) {
      const id = formulaire.elements[`${prefixe}-${rang}-id`]?.value ?? "";
      if (cle ? id === cle : !id && rang >= nombre(formulaire, prefixe, "INITIAL") && estVide(suivi, prefixe, rang)) return rang;
    }
    const bouton = document.querySelector(`#${CSS.escape(prefixe)}-group .add-row a, #${CSS.escape(prefixe)}-group .add-row button`);
    bouton?.click();
    return nombre(formulaire, prefixe, "TOTAL") > total ? total : null;
  };

  /* Returns the texts that found no place. */
  const reprendre = (suivi, brouillon) => {
    const { formulaire } = suivi;
    const restes = [];
    for (const [nom, valeurs] of Object.entries(brouillon.lus)) poser(formulaire, nom, { valeurs, libelles: {} });
    for (const [nom, dit] of Object.entries(brouillon.simples)) if (!poser(formulaire, nom, dit)) restes.push(...dit.valeurs);
    for (const ligne of brouillon.lignes) {
      const rang = rangDe(suivi, ligne);
      for (const [champ, dit] of Object.entries(ligne.champs)) {
        if (rang === null || !poser(formulaire, `${ligne.prefixe}-${rang}-${champ}`, dit)) restes.push(...dit.valeurs);
      }
    }
    return restes.filter((texte) => texte.trim());
  };

  /* --- The offer --------------------------------------------------------------------------- */

  const quand = (instant) => {
    const le = new Date(instant);
    const jour = le.getDate() === 1 ? "1er" : String(le.getDate());
    const mois = le.toLocaleDateString("fr-FR", { month: "long" });
    return page.dataset.offre.replace("{jour}", `${jour} ${mois}`).replace("{heure}", `${le.getHours()}\u00a0h\u00a0${String(le.getMinutes()).padStart(2, "0")}`);
  };

  const bouton = (texte, geste) => {
    const b = Object.assign(document.createElement("button"), { type: "button", textContent: texte, className: "fr-btn fr-btn--secondary" });
    b.addEventListener("click", geste);
    return b;
  };

  const proposer = (suivi, brouillon) => {
    const region = document.createElement("section");
    const titre = Object.assign(document.createElement("h2"), { id: `${suivi.cle}-titre`, textContent: page.dataset.titre });
    const phrase = document.createElement("p");
    region.className = "brouillon";
    region.setAttribute("aria-labelledby", titre.id);
    phrase.setAttribute("role", "status");
    const finir = (texte) => {
      phrase.textContent = texte;
      region.querySelectorAll("button").forEach((b) => b.remove());
      phrase.tabIndex = -1;
      phrase.focus();
    };
    suivi.offert = brouillon;
    region.append(titre, phrase,
      bouton(page.dataset.reprendre, () => {
        suivi.offert = brouillon.precedent ?? null;
        const restes = reprendre(suivi, brouillon);
        garder(suivi);
        if (suivi.offert) proposer(suivi, suivi.offert);
        finir(page.dataset.repris);
        if (restes.length) region.append(Object.assign(document.createElement("p"), { textContent: page.dataset.restes }), ...restes.map((texte) => Object.assign(document.createElement("pre"), { textContent: texte })));
      }),
      bouton(page.dataset.effacer, () => {
        suivi.offert = brouillon.precedent ?? null;
        if (!garder(suivi)) memoire.oublier(suivi.cle);
        if (suivi.offert) { region.remove(); memoire.ecrire(suivi.cle, suivi.offert); proposer(suivi, suivi.offert); } else finir(page.dataset.efface);
      }));
    suivi.formulaire.before(region);
    phrase.textContent = quand(brouillon.quand);
  };

  /* --- Keeping it -------------------------------------------------------------------------- */

  const suivis = [];
  const garder = (suivi) => {
    const change = joindre(suivi.base, changements(suivi));
    suivi.sale = change !== null || suivi.refusee;
    if (!agent || sorti || !suivi.pret || suivi.formulaire.hasAttribute("data-a-garder")) return false;
    if (memoire.lire(`${DEBUT}sortie:${agent}`) > OUVERTE_LE) return false; // signed out in another tab
    if (change) memoire.ecrire(suivi.cle, { ...change, quand: Date.now(), envoye: suivi.envoi || undefined, ...(suivi.offert ? { precedent: suivi.offert } : {}) });
    else if (!suivi.offert && !suivi.refusee) memoire.oublier(suivi.cle);
    return change !== null;
  };

  const effacerCeQuiEstEnregistre = () => {
    const cookie = document.cookie.split("; ").find((c) => c.startsWith("saisie_enregistree="));
    if (!cookie) return;
    document.cookie = "saisie_enregistree=; path=/; max-age=0; samesite=lax";
    const chemin = decodeURIComponent(cookie.slice("saisie_enregistree=".length)).replace(/^"|"$/g, "");
    for (const cle of memoire.cles()) {
      if (!cle.startsWith(`${SIENS}${chemin}#`)) continue;
      const brouillon = memoire.lire(cle);
      if (!brouillon?.envoye) continue;
      memoire.oublier(cle); // with the older one that it was offered beside
    }
  };

  const ecrivable = (f) => f.method === "post" && f.id !== "logout-form" && f.id !== "changelist-form" && [...f.elements].some((c) => compte(c) && c.type !== "hidden");

  const suivre = (formulaire, rang) => {
    const refusee = formulaire.hasAttribute("data-a-garder") || (page?.dataset.envoyee === "oui" && Boolean(document.querySelector(".errornote, .errorlist, .fr-error-text")));
    const cle = `${SIENS}${location.pathname}#${formulaire.id || rang}`;
    const suivi = { formulaire, cle, refusee, sale: refusee, avant: lire(formulaire), vides: vides(formulaire), pret: true };
    suivis.push(suivi);
    if (!agent || formulaire.hasAttribute("data-a-garder")) return;
    const brouillon = memoire.lire(cle);
    if (brouillon && page.dataset.envoyee !== "oui") proposer(suivi, brouillon);
    else if (brouillon && refusee) suivi.base = brouillon;
  };

  const toutGarder = () => suivis.forEach(garder);
  let attente;
  const bientot = (evenement) => {
    if (!evenement.isTrusted && !["formset:added", "formset:removed"].includes(evenement.type)) return;
    sorti = false;
    clearTimeout(attente);
    attente = setTimeout(toutGarder, 400);
  };

  const commencer = () => {
    for (const cle of memoire.cles()) {
      const brouillon = memoire.lire(cle);
      const le = typeof brouillon === "number" ? brouillon : brouillon?.quand;
      if (!(Date.now() - le < AGE_MAXIMAL)) memoire.oublier(cle);
    }
    if (agent) effacerCeQuiEstEnregistre();
    [...document.forms].filter(ecrivable).forEach(suivre);
    for (const genre of ["input", "change", "click", "keyup", "formset:added", "formset:removed"]) document.addEventListener(genre, bientot);
  };

  document.addEventListener("submit", (evenement) => {
    if (evenement.defaultPrevented) return;
    const formulaire = evenement.target;
    if (formulaire.id === "logout-form") {
      sorti = true;
      memoire.cles().filter((cle) => cle.startsWith(SIENS)).forEach(memoire.oublier);
      memoire.ecrire(`${DEBUT}sortie:${agent}`, Date.now());
      return;
    }
    const suivi = suivis.find((s) => s.formulaire === formulaire);
    if (!suivi) return;
    suivi.envoi = true;
    toutGarder();
    envoye = suivi;
  });
  window.addEventListener("beforeunload", (evenement) => {
    toutGarder();
    if (suivis.some((suivi) => suivi.sale && suivi !== envoye)) {
      evenement.preventDefault();
      evenement.returnValue = true; // older browsers
    }
  });
  window.addEventListener("pagehide", toutGarder);
  window.addEventListener("pageshow", () => { envoye = false; suivis.forEach((s) => { s.envoi = false; }); });
  /* Once the other scripts have drawn their fields. */
  if (document.readyState === "complete") setTimeout(commencer, 0);
  else window.addEventListener("load", () => setTimeout(commencer, 0));
})();
