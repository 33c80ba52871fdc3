#include "reports/markup/html_style.hpp"

namespace klab {
namespace {

constexpr std::string_view kStyle = R"(
:root {
  color-scheme: light dark;
  --page: #fbfaf7; --card: #ffffff; --sunk: #f3f1ec; --line: #dedad1; --faint: #9a958a; --ink: #1d1c1a; --soft: #5c5850; --link: #1f4e8c;
  --pass: #1b6b43; --fail: #b1271b; --error: #8a5200; --skipped: #5f5b6b; --not-run: #5f5b6b; --on-mark: #ffffff;
  --fail-wash: #fdf3f1;
  --one: #1f6fb5; --two: #b4540a; --three: #7a4fb0; --four: #16786c; --five: #a8336b; --six: #6b6a12; --held: #f0c95c;
  --sans: Inter, "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif;
  --mono: "JetBrains Mono", ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #15171b; --card: #1c1f25; --sunk: #111317; --line: #333842; --faint: #6d7078; --ink: #e9e7e2; --soft: #a9a69e; --link: #8fb8f0;
    --pass: #6fcf97; --fail: #ff8a7a; --error: #f2b45a; --skipped: #aaa6b8; --not-run: #aaa6b8; --on-mark: #15171b;
    --fail-wash: #261c1d;
    --one: #6db3f2; --two: #f0a35e; --three: #bb9cf0; --four: #5fc9b8; --five: #f08fbd; --six: #c9c75e; --held: #7a6216;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 70rem; background: var(--page); color: var(--ink);
  font: 0.9375rem/1.55 var(--sans); overflow-wrap: anywhere; }
.skip { position: absolute; left: -100vw; top: 0.5rem; padding: 0.4rem 0.8rem; border-radius: 4px; background: var(--ink); color: var(--page); }
.skip:focus { left: 1.5rem; }
main:focus { outline: none; }
h1, h2, h3, p, ol, dl, dd { margin: 0; padding: 0; }
h1 { font-size: 2rem; line-height: 1.15; letter-spacing: -0.02em; }
h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -0.01em; }
h3 { font-size: 1rem; line-height: 1.4; }
a { color: var(--link); text-underline-offset: 0.2em; text-decoration: underline 1px var(--faint); }
a:hover { text-decoration-color: currentColor; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
summary:focus-visible { outline: 3px solid var(--link); outline-offset: -3px; }
code, pre, .submission, .name { font-family: var(--mono); font-size: 0.8125rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
th[scope=col] { color: var(--soft); font-size: 0.8125rem; font-weight: 500; }
header { display: grid; grid-template-columns: 1fr auto; gap: 0.75rem 2rem; align-items: end; margin-bottom: 2.25rem; }
.submission { color: var(--soft); margin-top: 0.35rem; font-size: 0.9375rem; }
.score { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.5rem; justify-content: flex-end; }
.score strong { font-size: 3rem; line-height: 1; letter-spacing: -0.03em; font-variant-numeric: tabular-nums; }
.score span { font-size: 1.0625rem; }
.score small { width: 100%; text-align: right; color: var(--soft); font-size: 0.875rem; }
.sentence { grid-column: 1 / -1; font-size: 1.0625rem; }
.bar { grid-column: 1 / -1; display: flex; gap: 2px; height: 8px; border-radius: 4px; overflow: hidden; }
.bar span { flex-basis: 0; }
.bar .pass { background: var(--pass); }
.bar .fail { background: var(--fail); }
.bar .error { background: var(--error); }
.bar .skipped, .bar .not-run { background: var(--line); }
.front { display: grid; grid-template-columns: minmax(0, 1fr) 18.5rem; gap: 2.5rem; }
.front h2 { margin-bottom: 0.75rem; }
.front ol { list-style: none; }
.front ol + h2, .front p + h2 { margin-top: 2rem; }
.unrun { grid-template-columns: 10rem minmax(0, 1fr); padding: 0.6rem 0 0; border-top: 1px solid var(--line); }
.unrun a { margin-right: 0.4rem; font-family: var(--mono); font-size: 0.8125rem; white-space: nowrap; }
.front .lead { color: var(--soft); margin: -0.5rem 0 0.75rem; }
.finding { padding: 0.75rem 0 0.85rem; border-top: 1px solid var(--line); }
.finding h3 { display: flex; gap: 0.15rem 0.8rem; align-items: baseline; }
.finding h3 a { color: inherit; }
.finding h3 code { color: var(--soft); font-weight: 400; white-space: nowrap; }
.finding p { margin: 0.25rem 0 0 5.5rem; text-wrap: pretty; }
.finding .folded { color: var(--soft); }
.finding b { font-weight: 600; }
.kind { color: var(--fail); font-size: 0.8125rem; font-weight: 600; white-space: nowrap; }
.mark { display: inline-block; flex: none; min-width: 4.7rem; padding: 0.1rem 0.45rem; border-radius: 4px; text-align: center;
  transform: translateY(-1px); font: 700 0.6875rem/1.5 var(--sans); letter-spacing: 0.06em; white-space: nowrap; }
.mark.pass { color: var(--pass); box-shadow: inset 0 0 0 1.5px var(--pass); }
.mark.fail { color: var(--on-mark); background: var(--fail); }
.mark.error { color: var(--on-mark); background: var(--error); }
.mark.skipped, .mark.not-run { color: var(--skipped); box-shadow: inset 0 0 0 1.5px var(--skipped); }
nav td { white-space: nowrap; text-align: right; }
nav th[scope=col] + th { text-align: right; }
nav th[scope=row] { font-weight: 500; width: 100%; padding-right: 1.25rem; }
nav th .bar { height: 4px; margin-top: 0.3rem; }
section { margin-top: 3rem; scroll-margin-top: 1rem; }
.letter { display: inline-block; min-width: 1.9rem; margin-right: 0.35rem; padding: 0 0.45rem; border-radius: 5px; text-align: center;
  background: var(--ink); color: var(--page); }
.meta { color: var(--soft); margin: 0.25rem 0 0.9rem; }
.note { margin: 0 0 0.9rem; color: var(--soft); }
.cards { background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
details + details { border-top: 1px solid var(--line); }
details:target { box-shadow: inset 4px 0 0 var(--link); }
summary { display: flex; gap: 0.75rem; align-items: baseline; padding: 0.55rem 0.9rem; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::after { content: "show"; flex: none; width: 2.3rem; text-align: right; color: var(--soft); font-size: 0.75rem; }
details[open] > summary::after { content: "hide"; }
summary:hover::after { text-decoration: underline; }
.claim { flex: 1; min-width: 0; }
.claim code { color: var(--soft); }
.points { color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; font-size: 0.875rem; }
.property.fail[open] > summary { background: var(--fail-wash); }
.property[open] > summary .claim { font-weight: 600; }
.property[open] > summary .claim code { font-weight: 400; }
dl { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: 0.4rem 1rem; padding: 0.75rem 0.9rem 1rem 6.35rem; }
dt { color: var(--soft); }
dt.todo { color: inherit; font-weight: 600; }
.evidence { list-style: none; border-top: 1px solid var(--line); }
.evidence > li { padding: 0.4rem 0 0.45rem; border-bottom: 1px solid var(--line); }
.evidence > li > p { display: inline; }
.evidence .place { margin-left: 0.6rem; color: var(--soft); font-size: 0.8125rem; }
.life { margin-top: 0.25rem; }
.life + .life { border: 0; }
.life summary { display: list-item; padding: 0.15rem 0; color: var(--soft); font-size: 0.8125rem; list-style: disclosure-closed inside; }
.life[open] summary { list-style-type: disclosure-open; }
.life summary::-webkit-details-marker { display: inline; }
.life summary::after, .life[open] > summary::after { content: none; }
.life summary:hover { text-decoration: underline; }
.life ol { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); list-style: none; margin: 0.35rem 0 0.3rem; }
.life li { position: relative; padding: 1.1rem 0.75rem 0 0; font-size: 0.8125rem; line-height: 1.4; }
.life li::before { content: ""; position: absolute; top: 0.375rem; left: 0; right: 0; border-top: 2px solid var(--ink); }
.life li.missing::before { border-top: 2px dashed var(--faint); }
.life li:last-child::before { right: auto; width: 0.75rem; }
.life li::after { content: ""; position: absolute; top: 0; left: 0; width: 0.75rem; height: 0.75rem; border-radius: 50%;
  background: var(--ink); border: 2px solid var(--ink); }
.life li.missing::after { background: var(--card); border-color: var(--fail); }
.life .stage { display: block; font-weight: 600; }
.life .missing { color: var(--fail); }
.life .event { display: block; }
.life .event b { font-weight: 600; font-variant-numeric: tabular-nums; }
.more { color: var(--soft); }
section h3 { margin: 1.25rem 0 0.5rem; }
figure { margin: 1.25rem 0 0; }
figcaption { margin-bottom: 0.5rem; color: var(--soft); }
figcaption strong { color: var(--ink); font-weight: 600; }
.picture { overflow-x: auto; }
.picture:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.picture svg { display: block; width: 100%; min-width: 40rem; height: auto; }
.picture text { font: 500 12px var(--sans); fill: var(--ink); }
.picture .lane { text-anchor: end; }
.picture .axis { text-anchor: middle; fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; }
.picture .axis.left { text-anchor: end; }
.picture .panel { fill: var(--card); stroke: var(--line); }
.picture .panel-title { font-weight: 600; }
.picture .mark-line { stroke: var(--line); }
.picture .tick { stroke-width: 1.5; }
.band { opacity: 0.4; }
.given { fill: none; stroke: var(--faint); stroke-width: 1.5; }
.dot { fill: none; stroke-width: 5.4; stroke-linecap: round; }
.dot.square { stroke-width: 4.8; stroke-linecap: square; }
.stroke { fill: none; stroke-width: 1.8; }
.dot.one { stroke: var(--one); }
.dot.two { stroke: var(--two); }
.solid.three { fill: var(--three); }
.solid.four { fill: var(--four); }
.stroke.five { stroke: var(--five); }
.solid.six { fill: var(--six); }
.stroke.bad { stroke: var(--fail); }
.hue-life { fill: var(--line); background: var(--line); }
.hue-one { fill: var(--one); stroke: var(--one); background: var(--one); }
.hue-two { fill: var(--two); stroke: var(--two); background: var(--two); }
.hue-three { fill: var(--three); background: var(--three); }
.hue-four { fill: var(--four); background: var(--four); }
.hue-five { fill: var(--five); background: var(--five); }
.hue-six { fill: var(--six); background: var(--six); }
.hue-good { fill: var(--pass); background: var(--pass); }
.tick.hue-good { stroke: var(--pass); }
.hue-bad { fill: var(--fail-wash); stroke: var(--fail); background: var(--fail-wash); box-shadow: inset 0 0 0 1.5px var(--fail); }
.hue-held { fill: var(--held); background: var(--held); }
.picture [class^=on-hue] { fill: var(--on-mark); }
.picture .on-hue-held { fill: var(--ink); }
.picture .on-hue-bad { fill: var(--fail); font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.25rem; margin: 0.4rem 0 0; padding: 0; list-style: none; color: var(--soft);
  font-size: 0.8125rem; }
.key { width: 1rem; height: 1rem; vertical-align: -0.2rem; }
.swatch { display: inline-block; width: 0.8rem; height: 0.8rem; border-radius: 2px; vertical-align: -0.08rem; }
.account { margin: 0 0.9rem 0.9rem; width: calc(100% - 1.8rem); table-layout: fixed; font-size: 0.8125rem; }
.account caption { padding: 0.2rem 0 0.1rem; text-align: left; color: var(--soft); }
.account th[scope=col]:first-child { width: 5.5rem; }
.account th[scope=row] { color: var(--soft); font-weight: 400; }
.account code { white-space: pre-line; font-size: 0.75rem; unicode-bidi: isolate; }
.account th, .account td { padding-top: 0.25rem; padding-bottom: 0.25rem; }
.program .name { font-weight: 700; }
.program .ending { flex: 1; color: var(--soft); }
pre { margin: 0.4rem 0.9rem 0.9rem; padding: 0.7rem 0.9rem; background: var(--sunk); border-radius: 6px; line-height: 1.5;
  white-space: pre-wrap; unicode-bidi: isolate; }
pre.command::before { content: "$ "; color: var(--soft); }
.stream { margin: 0 0.9rem; color: var(--soft); font-size: 0.8125rem; }
p.stream:last-child { margin-bottom: 0.9rem; }
.record { margin-top: 0.75rem; color: var(--soft); font-size: 0.8125rem; }
footer { margin-top: 3.5rem; padding-top: 1.5rem; border-top: 2px solid var(--ink); }
footer h2 { margin-bottom: 0.5rem; }
.facts th { width: 8rem; font-weight: 500; color: var(--soft); }
@media (max-width: 56rem) {
  .front { grid-template-columns: minmax(0, 1fr); }
  .life ol { grid-template-columns: minmax(0, 1fr); }
  .life li { padding: 0 0 0.4rem 1.4rem; }
  .life li::before, .life li:last-child::before { top: 0.2rem; bottom: 0; left: 0.3rem; right: auto; width: auto; border: 0; border-left: 2px solid var(--ink); }
  .life li.missing::before, .life li.missing:last-child::before { border: 0; border-left: 2px dashed var(--faint); }
  .life li::after { top: 0.2rem; }
}
@media (max-width: 36rem) {
  body { padding: 1.25rem 1rem 3rem; }
  header { grid-template-columns: minmax(0, 1fr); }
  h1 { font-size: 1.625rem; }
  .score { justify-content: flex-start; }
  .score small { text-align: left; }
  summary { flex-wrap: wrap; gap: 0.25rem 0.6rem; padding: 0.6rem 0.75rem; }
  .claim { order: 1; flex: 1 0 100%; }
  .points { flex: 1; }
  dl, .unrun { grid-template-columns: minmax(0, 1fr); gap: 0.1rem; padding: 0.6rem 0.75rem 0.9rem; }
  dd { margin-bottom: 0.5rem; }
  .account th[scope=col]:first-child { width: 4rem; }
  .program .ending { flex-basis: 100%; }
  .finding h3 { flex-wrap: wrap; }
  .finding h3 .mark + span { flex-basis: 100%; }
  .finding p { margin-left: 0; }
  pre { margin: 0.4rem 0.75rem 0.75rem; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; background: none; }
  .front { grid-template-columns: minmax(0, 1fr) 16rem; gap: 1.5rem; }
  nav th[scope=col] { white-space: nowrap; }
  dl { padding-left: 2rem; }
  .life li { font-size: 8.5pt; }
  summary::after { display: none; }
  .skip { display: none; }
  details:not(.program)::details-content { content-visibility: visible; block-size: auto; }
  .picture { overflow: visible; }
  .picture svg { min-width: 0; }
  .finding, tr, figure, summary, .life ol { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .mark, .bar span, .letter, .swatch, .picture svg, .life li::before, .life li::after { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)";

}  // namespace

std::string_view html_style() { return kStyle; }

}  // namespace klab
