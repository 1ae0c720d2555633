/* Comfort only: every page works without this script. Inlined by portal/web/assets.py, at most 2 kB. */
(function (d, w) {
  var presses = [], leave = d.getElementById("leave"), out = d.getElementById("out");
  function each(list, does) { [].forEach.call(d.querySelectorAll(list), does); }
  function hide() { d.body.hidden = true; }

  // Hide the page at once, and leave no step in the history to come back to. The session is ended by a message of
  // its own too: on a slow line somebody may stop the page that comes next.
  function go(e) {
    if (e) { e.preventDefault(); }
    d.title = "";
    hide();
    if (out && w.navigator.sendBeacon) { w.navigator.sendBeacon(out.action, new FormData(out)); }
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

  // A page taken from the browser's memory stays hidden until the server was asked: the session may be over.
  w.addEventListener("pagehide", function (e) {
    if (e.persisted) { hide(); }
  });
  w.addEventListener("pageshow", function (e) {
    if (e.persisted) { hide(); w.location.reload(); }
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
