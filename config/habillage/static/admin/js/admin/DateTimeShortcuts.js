/* Over the stock script: beside a date a button for today and one for the calendar of the browser,
   beside an hour a button for now. The text stays what is sent. */
"use strict";
(() => {
  const format = (nom, defaut) => globalThis.get_format?.(nom)?.[0] ?? defaut;
  const deux = (n) => String(n).padStart(2, "0");
  const ecrire = (le, modele) => modele.replace(/%([dmYHMS])/g, (_, c) => ({ d: deux(le.getDate()), m: deux(le.getMonth() + 1), Y: String(le.getFullYear()), H: deux(le.getHours()), M: deux(le.getMinutes()), S: deux(le.getSeconds()) })[c]);

  const poser = (champ, texte) => {
    champ.value = texte;
    for (const genre of ["input", "change"]) champ.dispatchEvent(new Event(genre, { bubbles: true }));
    champ.focus();
  };
  // The mark of what is expected is not a part of the name.
  const mots = (label) => [...label.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.textContent).join(" ");
  const titre = (champ) => ((champ.labels[0] && mots(champ.labels[0])) || champ.labels[0]?.textContent || champ.getAttribute("aria-label") || "").replace(/\s*:\s*$/, "").trim();
  const bouton = (texte, champ, geste) => {
    const b = Object.assign(document.createElement("button"), { type: "button", className: "habillage-raccourci", textContent: texte });
    b.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: ` : ${titre(champ)}` }));
    b.addEventListener("click", geste);
    return b;
  };

  const calendrier = (champ) => {
    const choix = document.createElement("input");
    choix.type = "date";
    choix.tabIndex = -1;
    choix.className = "habillage-calendrier";
    choix.setAttribute("aria-hidden", "true");
    choix.addEventListener("change", () => {
      if (choix.value) poser(champ, ecrire(new Date(`${choix.value}T12:00`), format("DATE_INPUT_FORMATS", "%d/%m/%Y")));
    });
    const ouvrir = bouton("Calendrier", champ, () => {
      const lu = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(champ.value.trim());
      choix.value = lu ? `${lu[3]}-${deux(lu[2])}-${deux(lu[1])}` : champ.value.trim();
      choix.showPicker();
    });
    return [ouvrir, choix];
  };

  const animer = (champ) => {
    if (champ.dataset.raccourcis || champ.name.includes("__prefix__") || champ.readOnly || champ.disabled) return;
    champ.dataset.raccourcis = "oui";
    const boite = Object.assign(document.createElement("span"), { className: "datetimeshortcuts" });
    if (champ.matches(".vDateField")) {
      boite.append(bouton("Aujourd’hui", champ, () => poser(champ, ecrire(new Date(), format("DATE_INPUT_FORMATS", "%d/%m/%Y")))));
      if ("showPicker" in HTMLInputElement.prototype) boite.append(...calendrier(champ));
    } else {
      boite.append(bouton("Maintenant", champ, () => poser(champ, ecrire(new Date(), "%H:%M"))));
    }
    champ.after(boite);
  };

  const toutAnimer = (ou) => ou.querySelectorAll(".vDateField, .vTimeField").forEach(animer);
  const commencer = () => {
    toutAnimer(document);
    document.addEventListener("formset:added", ({ target }) => toutAnimer(target));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", commencer);
  else commencer();
})();
