/* Keeps the page of an import that the worker has in hand up to date, and follows where it leads;
   without this script, the link of the page does the same. */
"use strict";
(() => {
  const PAS = 1500;
  const regarder = async () => {
    const suivi = document.querySelector("#suivi[data-suivre]");
    if (!suivi) return;
    try {
      const reponse = await fetch(location.href, { headers: { "X-Suivi": "1" } });
      if (reponse.status !== 200) {
        location.reload();
        return;
      }
      const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
      const neuf = page.querySelector("#suivi");
      if (!neuf || !neuf.hasAttribute("data-suivre")) {
        location.reload();
        return;
      }
      remplacer(suivi, neuf);
    } catch {
      /* The network is away: the next look may find it. */
    }
    setTimeout(regarder, PAS);
  };
  /* Only what changed: the focus stays on the link, and what is read aloud is what is new. */
  const remplacer = (ici, neuf) => {
    const anciens = [...ici.children];
    const neufs = [...neuf.children];
    if (anciens.length !== neufs.length) {
      ici.replaceChildren(...neufs);
      return;
    }
    anciens.forEach((ancien, rang) => {
      if (ancien.outerHTML !== neufs[rang].outerHTML) ancien.replaceWith(neufs[rang]);
    });
  };
  setTimeout(regarder, PAS);
})();
