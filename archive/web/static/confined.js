// The player's service worker, with a policy of the archive's on all its answers: the player's own
// lets a captured page open web sockets to anybody, and hands on headers that lead elsewhere.
"use strict";

const POLICY = [
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: mediastream:",
  "frame-src 'self' data: blob:",
  "form-action 'self'",
  "object-src 'none'",
].join("; ");
// No policy of contents keeps calls from browser to browser (WebRTC) or names from being looked up.
const CONNECTIONS = `("${self.location.origin}/*");redirects=allow`;
const LEADING_ELSEWHERE = [
  "refresh", "link", "nel", "report-to", "reporting-endpoints", "speculation-rules",
];
const respondWith = FetchEvent.prototype.respondWith;

function confined(answer) {
  if (answer.status < 200) {
    return answer; // an error or a redirect of the network's, which has no content
  }
  const headers = new Headers(answer.headers);
  LEADING_ELSEWHERE.forEach((name) => headers.delete(name));
  headers.append("Content-Security-Policy", POLICY);
  headers.set("X-DNS-Prefetch-Control", "off");
  headers.set("Connection-Allowlist", CONNECTIONS);
  const { status, statusText } = answer;
  return new Response(answer.body, { status, statusText, headers });
}

FetchEvent.prototype.respondWith = function (answer) {
  respondWith.call(this, Promise.resolve(answer).then(confined));
};

importScripts("/replay/sw.js");
