"use strict";
const keys = JSON.parse(document.getElementById("keys").textContent);
const norm = (t) => t.normalize("NFKC").trim().toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/[\u2010-\u2015\u2212]/g, "-").replace(/\s+/g, " ");
const judge = {
  single_choice(form, answer) {
    const picked = form.querySelector("input:checked");
    return picked !== null && picked.value === answer.choice;
  },
  multi_select(form, answer) {
    const picked = [...form.querySelectorAll("input:checked")].map((i) => i.value).sort();
    return picked.join() === [...answer.choices].sort().join();
  },
  gap(form, answer) {
    return [...form.querySelectorAll("input")].every((i) => answer.accepted[i.name].some((a) => norm(a) === norm(i.value)));
  },
  matching(form, answer) {
    return [...form.querySelectorAll("select")].every((s) => answer.pairs[s.name] === s.value);
  },
  step_ordering(form, answer) {
    return answer.order.every((id, i) => form.querySelector(`select[name="${id}"]`).value === String(i + 1));
  },
};
const line = (text, cls) => {
  const p = document.createElement("p");
  p.textContent = text;
  if (cls) p.className = cls;
  return p;
};
for (const form of document.querySelectorAll("form.item")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const key = keys[form.dataset.id];
    const box = form.querySelector(".feedback");
    box.replaceChildren();
    if (form.dataset.type === "short_answer") {
      box.append(line(key.answer.model, "ok"));
    } else if (judge[form.dataset.type](form, key.answer)) {
      box.append(line("Right.", "ok"));
    } else {
      box.append(line("Not yet.", "bad"));
    }
    box.append(line(key.rationale));
    for (const proof of key.provenance) {
      const quote = document.createElement("blockquote");
      quote.textContent = proof.quote;
      box.append(quote);
    }
  });
}
