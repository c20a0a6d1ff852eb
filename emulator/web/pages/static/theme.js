// The theme that was chosen, set before anything is drawn. A classic script, so that it is not deferred.

(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // no storage: the theme of the system it is
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
