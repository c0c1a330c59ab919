"use strict";
const keys = JSON.parse(document.getElementById("keys").textContent);
const contractions = [[/\bcan't\b|\bcannot\b/g, "can not"], [/\bwon't\b/g, "will not"], [/n't\b/g, " not"], [/'re\b/g, " are"], [/'ll\b/g, " will"], [/'ve\b/g, " have"]];
const norm = (t) => {
  let text = t.normalize("NFKC").toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/[\u2010-\u2015\u2212]/g, "-").replace(/(\d)\s*(°|%|[a-zµ])/g, "$1 $2");
  for (const [short, long] of contractions) text = text.replace(short, long);
  return text.replace(/\s+/g, " ").replace(/^[\s.,;:!?"]+|[\s.,;:!?"]+$/g, "");
};
const picked = (form) => [...form.querySelectorAll("input:checked")].map((i) => i.value);
const selects = (form, wanted) => [...form.querySelectorAll("select")].every((s) => wanted[s.name] === s.value);
const typed = (form, accepted) => [...form.querySelectorAll("input[type=text]")].every((i) => accepted[i.name].some((a) => norm(a) === norm(i.value)));
const text = (form) => norm(form.querySelector("textarea").value);
const words = (t) => norm(t).replace(/[.,;:!?"()]/g, "").split(" ").join(" ");
const judge = {
  single_choice: (form, answer) => picked(form)[0] === answer.choice,
  tap_evidence: (form, answer) => picked(form)[0] === answer.choice,
  true_false: (form, answer) => picked(form)[0] === String(answer.value),
  multi_select: (form, answer) => picked(form).sort().join() === [...answer.choices].sort().join(),
  gap: (form, answer) => typed(form, answer.accepted),
  form_fill: (form, answer) => typed(form, answer.accepted),
  gap_select: (form, answer) => selects(form, answer.choices),
  word_bank: (form, answer) => selects(form, answer.words),
  matching: (form, answer) => selects(form, answer.pairs),
  category_sort: (form, answer) => selects(form, answer.groups),
  dictation: (form, answer) => words(form.querySelector("textarea").value) === words(answer.text),
  transformation: (form, answer) => answer.accepted.some((a) => norm(a) === text(form)),
  error_correction: (form, answer) => answer.accepted.some((a) => norm(a) === text(form)),
  step_ordering(form, answer) {
    const place = (id) => Number(form.querySelector(`select[name="${CSS.escape(id)}"]`).value);
    const places = answer.order.map(place);
    if (new Set(places).size !== places.length || places.includes(0)) return false;
    const free = answer.precedence || [];
    return places.every((p, i) => p === i + 1) || (free.length > 0 && free.every((p) => place(p.before) < place(p.after)));
  },
};
const shown = {
  flashcard: (answer) => answer.back,
  read_aloud: () => "Well done. Listen again and compare.",
  short_answer: (answer) => answer.model,
  writing: (answer) => answer.model,
  role_play: (answer) => answer.model,
};
const solution = {
  dictation: (answer) => answer.text,
  transformation: (answer) => answer.accepted[0],
  error_correction: (answer) => answer.accepted[0],
  gap: (answer) => Object.values(answer.accepted).map((a) => a[0]).join(" · "),
  form_fill: (answer) => Object.values(answer.accepted).map((a) => a[0]).join(" · "),
};
const line = (content, cls) => {
  const p = document.createElement("p");
  p.textContent = content;
  if (cls) p.className = cls;
  return p;
};
for (const button of document.querySelectorAll("button.listen")) {
  if (!("speechSynthesis" in window)) button.replaceWith(line("This browser cannot read aloud: let somebody read it to you."));
  button.addEventListener("click", () => {
    const speech = new SpeechSynthesisUtterance(button.dataset.speech);
    speech.lang = "en";
    speech.rate = 0.9;
    speechSynthesis.cancel();
    speechSynthesis.speak(speech);
  });
}
for (const form of document.querySelectorAll("form.item")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { type, id } = form.dataset;
    const key = keys[id];
    const box = form.querySelector(".feedback");
    box.replaceChildren();
    if (shown[type]) {
      box.append(line(shown[type](key.answer), "ok"));
    } else {
      const right = judge[type](form, key.answer);
      box.append(right ? line("Right.", "ok") : line("Not yet.", "bad"));
      for (const option of picked(form)) {
        const reason = key.options && key.options[option];
        if (!right && reason) box.append(line(reason.text));
      }
      if (!right && solution[type]) box.append(line(solution[type](key.answer)));
    }
    box.append(line(key.rationale));
    for (const proof of key.provenance) {
      const quote = document.createElement("blockquote");
      quote.textContent = proof.quote;
      const place = document.createElement("a");
      place.href = `#c-${proof.document_id.replaceAll("-", "").slice(0, 8)}-${proof.clause_id.replace(/[^a-zA-Z0-9]/g, "-")}`;
      const section = (proof.section || "").split(" > ").pop();
      place.textContent = `SOP${section ? `, ${section}` : ""}, page ${proof.page}`;
      box.append(quote, place);
    }
  });
}
