// A key that does not answer is told in the page: the library says it to the console alone.
document.addEventListener("allauth.error", function (evenement) {
  const erreur = document.getElementById("erreur-de-cle");
  if (erreur) {
    evenement.preventDefault();
    erreur.hidden = false;
  }
});
