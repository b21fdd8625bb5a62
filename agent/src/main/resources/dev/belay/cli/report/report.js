// Shows the values at the pointer. Without it the page lacks nothing else.
for (const chart of document.querySelectorAll('.chart')) {
  const plot = chart.querySelector('.plot > svg');
  const hair = plot.querySelector('.hair');
  const output = chart.querySelector('output');
  const series = [...plot.querySelectorAll('.values')].map(s => ({
    name: s.dataset.name,
    points: s.dataset.values.split(';').filter(v => v).map(v => {
      const [step, at, ...text] = v.split(' ');
      return {step, at: Number(at), text: text.join(' ')};
    })
  }));
  plot.addEventListener('pointermove', event => {
    const box = plot.getBoundingClientRect();
    const at = 100 * (event.clientX - box.left) / box.width;
    const near = points => points.reduce((a, b) => Math.abs(b.at - at) < Math.abs(a.at - at) ? b : a);
    const all = series.filter(s => s.points.length).map(s => ({name: s.name, point: near(s.points)}));
    if (all.length) {
      const nearest = all.reduce((a, b) => Math.abs(b.point.at - at) < Math.abs(a.point.at - at) ? b : a).point;
      hair.setAttribute('x1', nearest.at + '%');
      hair.setAttribute('x2', nearest.at + '%');
      hair.style.visibility = 'visible';
      output.textContent = all.map(s => s.name + ' ' + s.point.text + ' at ' + s.point.step).join(', ');
    }
  });
  plot.addEventListener('pointerleave', () => {
    hair.style.visibility = 'hidden';
    output.textContent = '';
  });
}
