/** WebAuthn speaks in bytes, JSON in base64url: options of the server to the browser's form, and answers back. */

type Json = Record<string, unknown>;

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

export function toText(bytes: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const withBytesAsId = (descriptors: unknown): Json[] =>
  ((descriptors as Json[] | undefined) ?? []).map((each) => ({
    ...each,
    id: toBytes(each.id as string),
  }));

export function requestOptions(json: Json): PublicKeyCredentialRequestOptions {
  return {
    ...json,
    challenge: toBytes(json.challenge as string),
    allowCredentials: withBytesAsId(json.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
}

export function creationOptions(json: Json): PublicKeyCredentialCreationOptions {
  const user = json.user as Json;
  return {
    ...json,
    challenge: toBytes(json.challenge as string),
    user: { ...user, id: toBytes(user.id as string) },
    excludeCredentials: withBytesAsId(json.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
}

/** What the server takes, for a new passkey as for an answer of one that it knows. */
export function toJson(credential: PublicKeyCredential): Json {
  const response = credential.response;
  const answer: Json = { clientDataJSON: toText(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    answer.attestationObject = toText(response.attestationObject);
    answer.transports = response.getTransports();
  } else if (response instanceof AuthenticatorAssertionResponse) {
    answer.authenticatorData = toText(response.authenticatorData);
    answer.signature = toText(response.signature);
    if (response.userHandle) answer.userHandle = toText(response.userHandle);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
