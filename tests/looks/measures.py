"""What is asked of a page inside the browser, as JavaScript that gives lists of sentences."""

# Everything that axe can tell about WCAG 2.2 A and AA, its best practices, and contrast at AAA.
RUN_AXE = """
async ({ rules, contrast }) => {
  const options = rules
    ? { runOnly: { type: 'rule', values: rules }, resultTypes: ['violations'] }
    : {
        runOnly: { type: 'tag', values:
          ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
        // What passes at AAA passes at AA: to measure each pair of colours once is enough.
        rules: { 'color-contrast': { enabled: false }, 'color-contrast-enhanced': { enabled: contrast } },
        resultTypes: ['violations'],
      };
  const found = await axe.run(document, options);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ' ' + node.html.slice(0, 160)));
}
"""

EMPTY_THE_FORM = """
() => {
  for (const field of document.getElementById('the-form').elements) {
    if (/radio|checkbox/.test(field.type)) field.checked = false;
    else if (field.type !== 'hidden' && field.tagName !== 'BUTTON') field.value = '';
  }
}
"""

# Links inside a sentence are as high as its line; a choice is tapped on its words too.
MEASURES = """
() => {
  const least = 43.5, small = [];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length;
  const tapped = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  for (const element of document.querySelectorAll(tapped)) {
    if (!shown(element) || element.closest('.skip, .scrim')) continue;
    if (inSentence(element)) continue;
    // A link may cover the whole of its row.
    const cover = getComputedStyle(element, '::after').position === 'absolute' ? element.closest('li') : null;
    let box = (cover || element).getBoundingClientRect();
    const label = element.labels && element.labels[0];
    if (label && /radio|checkbox/.test(element.type)) box = union(box, label.getBoundingClientRect());
    if (box.bottom < 0 || box.right < 0) continue;
    if (box.height < least || box.width < least)
      small.push(Math.round(box.width) + ' x ' + Math.round(box.height) + ' ' + element.outerHTML.slice(0, 120));
  }
  return small;
  function union(a, b) {
    const left = Math.min(a.left, b.left), top = Math.min(a.top, b.top);
    return new DOMRect(left, top, Math.max(a.right, b.right) - left, Math.max(a.bottom, b.bottom) - top);
  }
  function inSentence(element) {
    if (element.tagName !== 'A' || getComputedStyle(element).display !== 'inline') return false;
    const around = element.closest('p, li, dd, dt, caption');
    return around && around.textContent.trim().length > element.textContent.trim().length + 2;
  }
}
"""
