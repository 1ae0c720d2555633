// A real OpenID provider on loopback: pairwise subjects, PKCE asked for, sign-in pages of its own.
// Called with one JSON argument: {port, client, secret, back, people: {login: {name, birthdate}}}.
import Provider from "oidc-provider";
import { createHash } from "node:crypto";

const given = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${given.port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: given.client,
      client_secret: given.secret,
      redirect_uris: [given.back],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      subject_type: "pairwise",
      token_endpoint_auth_method: "client_secret_basic",
    },
  ],
  subjectTypes: ["pairwise"],
  pairwiseIdentifier: (_ctx, account, client) =>
    createHash("sha256").update(`${client.clientId} ${account}`).digest("hex"),
  claims: { openid: ["sub"], profile: ["name", "birthdate"] },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, ...(given.people[id] ?? {}) }),
  }),
  pkce: { required: () => true },
  cookies: { keys: ["for tests only"] },
  features: { devInteractions: { enabled: true } },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
});
provider.listen(given.port, "127.0.0.1", () => console.log(`ready ${issuer}`));
