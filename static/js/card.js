/* On the few pages that take a code from paper: a QR code puts it after the address, and here it goes into its box.
   What stands after "#" is never sent to a server. Without this script the code is typed from the paper. */
(function (d, w) {
  var box = d.querySelector("#the-form [name=card], #the-form [name=code]"), code = w.location.hash.slice(1);
  if (box && !box.value && /^[A-Z2-9-]{8,24}$/.test(code)) {
    box.value = code;
    w.history.replaceState(null, "", w.location.pathname + w.location.search);
  }
})(document, window);
