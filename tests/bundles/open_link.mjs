// Opens SMART Health Links as an independent client does, and prints what came of each.
// Argument: the client's module. Input: a list of {link, passcode, most}; `most` is how many characters to embed.
const { SHLViewer } = await import(process.argv[2]);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const said = [];
for (const { link, passcode, most } of JSON.parse(Buffer.concat(chunks).toString())) {
  try {
    const found = await new SHLViewer({ shlinkURI: link }).resolveSHL({
      recipient: "Ana at the clinic",
      ...(passcode && { passcode }),
      ...(most !== null && { embeddedLengthMax: most }),
    });
    said.push({ manifest: found.manifest, resources: found.fhirResources });
  } catch (fault) {
    said.push({ fault: fault.name });
  }
}
console.log(JSON.stringify(said));
