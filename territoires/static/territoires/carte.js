/* Pan, zoom and cards on the map: light comforts, the map is whole without them.
   Uses @panzoom/panzoom (panzoom/LICENSE.txt). */
"use strict";

document.querySelectorAll("[data-carte]").forEach((cadre) => {
  const carte = cadre.querySelector("svg.carte");
  if (!carte || !window.Panzoom) return;
  cartes(cadre, carte);
  zoom(cadre, carte);
});

function zoom(cadre, carte) {
  const doucement = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  cadre.style.overflow = "hidden";
  const vue = Panzoom(carte, {
    animate: doucement, duration: 150, minScale: 1, maxScale: 12, step: 0.4,
    contain: "outside", cursor: "default", disablePan: true, touchAction: "auto",
  });
  const commandes = document.createElement("div");
  commandes.className = "commandes-carte";
  commandes.setAttribute("role", "group");
  commandes.setAttribute("aria-label", "Agrandissement de la carte");
  const boutons = [
    ["+", "Agrandir la carte", () => vue.zoomIn()],
    ["−", "Réduire la carte", () => vue.zoomOut()],
    ["Tout", "Tout, revoir toute la carte", () => vue.reset()],
  ].map(([signe, nom, action]) => {
    const bouton = document.createElement("button");
    bouton.type = "button";
    bouton.className = "fr-btn fr-btn--sm fr-btn--secondary";
    bouton.textContent = signe;
    bouton.setAttribute("aria-label", nom);
    bouton.addEventListener("click", action);
    commandes.append(bouton);
    return bouton;
  });
  cadre.prepend(commandes);
  const ajuster = () => {
    const grande = vue.getScale() > 1;
    // A map that is not enlarged leaves the finger and the wheel to the page.
    vue.setOptions({ disablePan: !grande, cursor: grande ? "grab" : "default", touchAction: grande ? "none" : "auto" });
    boutons[1].disabled = boutons[2].disabled = !grande;
  };
  ajuster();
  carte.addEventListener("panzoomzoom", ajuster);
  carte.addEventListener("panzoomreset", ajuster);
  cadre.addEventListener("wheel", (evenement) => {
    if (evenement.ctrlKey) vue.zoomWithWheel(evenement, { animate: false });
  }, { passive: false });

  // The arrows move an enlarged map, + and − enlarge it, from any of its territoires or buttons.
  const PAS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  cadre.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    if (PAS[e.key] && vue.getScale() > 1) vue.pan(...PAS[e.key].map((n) => n / vue.getScale()), { relative: true });
    else if (e.key === "+") vue.zoomIn();
    else if (e.key === "-") vue.zoomOut();
    else return;
    e.preventDefault();
  });

  // A drag is not a click on the territoire under the pointer.
  let depart = null;
  carte.addEventListener("pointerdown", (e) => { depart = [e.clientX, e.clientY]; });
  carte.addEventListener("click", (e) => {
    if (depart && Math.hypot(e.clientX - depart[0], e.clientY - depart[1]) > 5) e.preventDefault();
  }, true);
  carte.addEventListener("dragstart", (e) => e.preventDefault());

  // What the keyboard reaches comes into view. (Heard on the frame: an <svg> that listens to
  // focus would take it.)
  cadre.addEventListener("focusin", (e) => {
    if (vue.getScale() === 1 || !carte.contains(e.target)) return;
    const ici = e.target.getBoundingClientRect(), fenetre = cadre.getBoundingClientRect();
    const dx = fenetre.x + fenetre.width / 2 - (ici.x + ici.width / 2);
    const dy = fenetre.y + fenetre.height / 2 - (ici.y + ici.height / 2);
    vue.pan(dx / vue.getScale(), dy / vue.getScale(), { relative: true });
  });
}

function cartes(cadre, carte) {
  const lignes = new Map();
  document.querySelectorAll("#tableau-carte tbody tr").forEach((ligne) => {
    lignes.set(ligne.querySelector("a").getAttribute("href"), ligne);
  });
  const titres = [...document.querySelectorAll("#tableau-carte thead th")]
    .map((th) => th.textContent.replace(/[▲▼]/g, "").trim());
  const bulle = document.createElement("div");
  bulle.className = "bulle-carte";
  bulle.hidden = true;
  bulle.setAttribute("aria-hidden", "true");
  cadre.append(bulle);

  // The card can be reached with the pointer, to be read enlarged or copied.
  let depart = 0;
  const cacher = () => { depart = setTimeout(() => { bulle.hidden = true; }, 300); };
  const garder = () => clearTimeout(depart);

  carte.querySelectorAll("a").forEach((lien) => {
    // The name stays for those who listen; the browser's own tooltip leaves room for the card.
    const nom = lien.querySelector("title");
    lien.setAttribute("aria-label", nom.textContent);
    nom.remove();
    const montrer = (x, y) => placer(cadre, bulle, contenu(lien, lignes, titres), x, y);
    lien.addEventListener("pointerenter", (e) => { garder(); montrer(e.clientX, e.clientY); });
    lien.addEventListener("focus", () => {
      const ici = lien.getBoundingClientRect();
      montrer(ici.x + ici.width / 2, ici.bottom);
    });
    lien.addEventListener("pointerleave", cacher);
    lien.addEventListener("blur", () => { bulle.hidden = true; });
  });
  bulle.addEventListener("pointerenter", garder);
  bulle.addEventListener("pointerleave", cacher);
  // Wherever the focus is: one who only points must be able to send the card away.
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") bulle.hidden = true; });
}

function contenu(lien, lignes, titres) {
  const nom = document.createElement("strong");
  nom.textContent = lien.getAttribute("aria-label");
  const ligne = lignes.get(lien.getAttribute("href"));
  const faits = ligne ? [...ligne.cells].slice(1).map((cellule, rang) => {
    const fait = document.createElement("span");
    fait.textContent = `${titres[rang + 1]} : ${cellule.textContent}`;
    return fait;
  }) : [];
  return [nom, ...faits.flatMap((fait) => [fait, document.createElement("br")])];
}

function placer(cadre, bulle, morceaux, x, y) {
  const fenetre = cadre.getBoundingClientRect();
  bulle.replaceChildren(...morceaux);
  bulle.hidden = false;
  const gauche = Math.min(x - fenetre.x + 14, fenetre.width - bulle.offsetWidth);
  const haut = Math.min(y - fenetre.y + 14, fenetre.height - bulle.offsetHeight);
  bulle.style.left = `${Math.max(0, gauche)}px`;
  bulle.style.top = `${Math.max(0, haut)}px`;
}
