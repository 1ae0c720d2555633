// Opens a SMART Health Link as an independent client does, and prints what came of it.
// Arguments: the client's module, the link, the passcode, and the most characters to embed (or nothing).
const [module, shlinkURI, passcode, most] = process.argv.slice(2);
const { SHLViewer } = await import(module);
let said;
try {
  const found = await new SHLViewer({ shlinkURI }).resolveSHL({
    recipient: "Ana at the clinic",
    passcode,
    ...(most && { embeddedLengthMax: Number(most) }),
  });
  said = { manifest: found.manifest, resources: found.fhirResources };
} catch (fault) {
  said = { fault: fault.name };
}
console.log(JSON.stringify(said));
