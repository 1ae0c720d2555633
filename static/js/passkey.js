/* Asks a passkey on the few pages that offer one. Inlined after its form by portal/web/assets.py; the answer goes
   back as a hidden field of that form. Without this script, or where passkeys are not known, nothing is shown. */
(function (d, w) {
  var box = d.querySelector("[data-passkey]"), keys = w.navigator.credentials;
  if (!box || !w.PublicKeyCredential || !keys) { return; }
  var button = box.querySelector("button"), fault = box.querySelector(".msg");
  box.hidden = false;

  function bytes(text) {
    var raw = w.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(raw, function (letter) { return letter.charCodeAt(0); });
  }
  function text(buffer) {
    var raw = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return w.btoa(raw).replace(/\+/g, "-").replace(/[/]/g, "_").replace(/=/g, "");
  }

  // Written as numbers on the page, wanted as bytes. Read again at each press: a passkey may be asked twice.
  function asked() {
    var all = JSON.parse(box.getAttribute("data-passkey"));
    all.challenge = bytes(all.challenge);
    if (all.user) { all.user.id = bytes(all.user.id); }
    (all.allowCredentials || all.excludeCredentials).forEach(function (one) { one.id = bytes(one.id); });
    return all;
  }

  function send(made) {
    var form = d.getElementById("the-form"), said = made.response, answer = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (said[part]) { answer[part] = text(said[part]); }
    });
    form.elements.credential.value = JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type, response: answer
    });
    form.submit();
  }

  function say(why) {
    button.disabled = false;
    fault.textContent = box.getAttribute(why.name === "InvalidStateError" ? "data-twice" : "data-fault");
    fault.hidden = false;
  }

  button.addEventListener("click", function () {
    var wanted = { publicKey: asked() };
    button.disabled = true;
    fault.hidden = true;
    (wanted.publicKey.user ? keys.create(wanted) : keys.get(wanted)).then(send, say);
  });
})(document, window);
