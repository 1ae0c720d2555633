/* Comfort only: every page works without this script. Inlined by portal/web/assets.py, at most 2 kB. */
(function (d, w) {
  var presses = [], leave = d.getElementById("leave");
  function each(list, does) { [].forEach.call(d.querySelectorAll(list), does); }

  // Hide the page at once, and leave no step in the history to come back to.
  function go(e) {
    if (e && (e.ctrlKey || e.metaKey || e.shiftKey)) { return; }
    if (e) { e.preventDefault(); }
    d.title = "";
    d.body.hidden = true;
    w.location.replace(leave.href);
  }
  each(".quick", function (a) { a.addEventListener("click", go); });

  // Three Shift presses within five seconds leave. Escape closes an open sheet.
  d.addEventListener("keyup", function (e) {
    var open = /^#(menu|languages|filters)$/.exec(w.location.hash), now = Date.now();
    if (e.key === "Escape" && open) {
      w.location.replace("#m");
      d.querySelector("[href='" + open[0] + "']").focus();
    }
    if (e.key !== "Shift" || !leave) { presses = []; return; }
    presses = presses.filter(function (t) { return now - t < 5000; }).concat(now);
    if (presses.length > 2) { go(); }
  });

  // A signed-in page taken from the browser's memory asks the server again: the session may be over.
  w.addEventListener("pageshow", function (e) {
    if (e.persisted && d.getElementById("out")) { w.location.reload(); }
  });

  // Paper has no folds.
  w.addEventListener("beforeprint", function () { each("details", function (f) { f.open = true; }); });
  each("[data-print]", function (b) {
    b.hidden = false;
    b.addEventListener("click", function () { w.print(); });
  });

  // <button data-copy="id of the text" data-done="Copied" hidden>: shown only where copying works.
  if (!w.navigator.clipboard) { return; }
  each("[data-copy]", function (b) {
    b.hidden = false;
    b.addEventListener("click", function () {
      var from = d.getElementById(b.getAttribute("data-copy"));
      w.navigator.clipboard.writeText(from.textContent).then(function () {
        b.textContent = b.getAttribute("data-done");
      });
    });
  });
})(document, window);
