// The player's frame is answered by the player's service worker: have the worker active before the
// player's page is opened, or the server would be asked in its place.
"use strict";

const WORKER = "/replay/sw.js?serveIndex=1";

function active(registration) {
  const worker = registration.installing || registration.waiting || registration.active;
  return new Promise((resolve) => {
    const look = () => worker.state === "activated" && resolve();
    worker.addEventListener("statechange", look);
    look();
  });
}

const open = () => location.replace(`${location.pathname}?ready=1`);

if (navigator.serviceWorker) {
  navigator.serviceWorker.register(WORKER, { scope: "/replay/" }).then(active).then(open, open);
} else {
  open();
}
