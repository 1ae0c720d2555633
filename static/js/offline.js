/* Stands inside a form (templates/_components/offline.html). Without a connection that form would lead to the browser's
   own page of faults, and what was typed could be gone: so it stays, and says so. */
(function (d, w) {
  d.addEventListener("submit", function (e) {
    var told = e.target.querySelector("[data-offline]");
    if (told) { told.hidden = w.navigator.onLine; }
    if (told && !told.hidden) { e.preventDefault(); told.focus(); }
  });
})(document, window);
