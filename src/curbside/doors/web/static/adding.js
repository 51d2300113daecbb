/* What adding gains with a script: bounds are known before anything is sent, and how far it is shows by itself. */
(() => {
  "use strict";

  const one = (id) => document.getElementById(id);
  const mega = (size) => `${Math.round(size / 1048576).toLocaleString("en")} MB`;

  const form = one("adding");
  if (form) {
    const files = one("files");
    const room = { file: Number(form.dataset.file), whole: Number(form.dataset.whole), files: Number(form.dataset.files) };

    const fault = () => {
      const chosen = [...files.files];
      const large = chosen.find((file) => file.size > room.file);
      if (large) return `${large.name} is larger than ${mega(room.file)}. Split it into smaller files.`;
      if (chosen.reduce((sum, file) => sum + file.size, 0) > room.whole) return `More than ${mega(room.whole)} at once. Send fewer files at a time.`;
      if (chosen.length > room.files) return `More than ${room.files.toLocaleString("en")} files at once. Send fewer at a time.`;
      return "";
    };

    files.addEventListener("change", () => files.setCustomValidity(fault()));

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const request = new XMLHttpRequest();
      const words = one("sent-words");
      const begun = performance.now();
      one("sending").hidden = false;
      for (const button of form.querySelectorAll("button")) button.disabled = true;
      const over = (text) => {
        words.textContent = text;
        for (const button of form.querySelectorAll("button")) button.disabled = false;
      };
      request.upload.addEventListener("progress", (step) => {
        if (!step.lengthComputable) return;
        const seconds = (performance.now() - begun) / 1000;
        one("sent").value = (step.loaded / step.total) * 100;
        const left = Math.ceil((step.total - step.loaded) / Math.max(1, step.loaded / seconds));
        words.textContent = `${mega(step.loaded)} of ${mega(step.total)} sent${seconds > 2 && left > 1 ? `, about ${left} s left` : ""}`;
      });
      request.addEventListener("load", () => {
        if (request.status < 300 && /\/add\/[^/]+$/.test(request.responseURL)) {
          location.assign(request.responseURL);
          return;
        }
        const answer = new DOMParser().parseFromString(request.responseText, "text/html");
        const said = answer.querySelector(".fault, main h1 + p, main p");
        over(said ? said.textContent : `It was not taken (${request.status}).`);
      });
      request.addEventListener("error", () => over("The connection broke off. Nothing was added; send it again."));
      request.open("POST", form.action);
      request.send(new FormData(form));
    });
  }

  const shown = one("upload");
  const busy = () => ["receiving", "waiting", "working"].includes(one("upload").dataset.state);
  if (shown && busy()) {
    let wait = 500;
    const look = async () => {
      try {
        const response = await fetch(location.pathname, { headers: { Accept: "text/html" } });
        const answer = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = answer.getElementById("upload");
        if (fresh && response.ok) {
          one("upload").replaceWith(document.adoptNode(fresh));
          if (!busy()) {
            document.title = answer.title;
            const said = one("said");
            if (said) said.textContent = one("upload").querySelector("h1").textContent;
            return;
          }
        }
      } catch { /* the server may be restarting; it is asked again */ }
      wait = Math.min(wait * 1.2, 3000);
      setTimeout(look, wait);
    };
    setTimeout(look, wait);
  }
})();
