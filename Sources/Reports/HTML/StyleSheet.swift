/// The style of reports: light and dark, from 400 pixels to paper.
enum StyleSheet {
  /// The rules; the colours of series are those of Okabe and Ito (2008), adjusted for contrast with the background.
  static let text = """
    :root { color-scheme: light dark; --ground: #fcfcfa; --raised: #ffffff; --ink: #1d2320; --soft: #5b6560;
      --rule: #dfe3df; --grid: #e8ebe8; --accent: #22694a; --missing: #cfd3d0;
      --holds: #1a6b45; --fails: #a8321c; --mixed: #855a00; --information: #2b5f8e;
      --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #b8578c; --c4: #b57f00; --c5: #3a9bd9; --c6: #4a4f4c; \
    --c7: #882255;
      --c8: #6b6200; --c9: #8a8f8c; }
    @media screen and (prefers-color-scheme: dark) { :root { --ground: #141816; --raised: #1b201d; --ink: #e6eae7;
      --soft: #9fa9a3; --rule: #333a36; --grid: #2a302d; --accent: #7cc9a2; --missing: #4a514d;
      --holds: #6fd0a0; --fails: #ff8f78; --mixed: #e6b455; --information: #86bdf0;
      --c0: #4f9fe8; --c1: #ff8a4c; --c2: #35c79a; --c3: #e892c2; --c4: #e9b032; --c5: #a8dcff; --c6: #d4d9d6; \
    --c7: #c583dd;
      --c8: #cfc65a; --c9: #9aa09d; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--ground); color: var(--ink);
      font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
    header h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); line-height: 1.15; letter-spacing: -0.015em; \
    margin: 0; text-wrap: balance; }
    header p { color: var(--soft); font-size: 1.08rem; margin: .6rem 0 0; max-width: 44rem; }
    nav { display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; margin-top: 1.4rem; }
    nav a { color: var(--accent); text-underline-offset: .2em; }
    section { margin-top: 2.75rem; border-top: 1px solid var(--rule); padding-top: 1.4rem; }
    h2 { font-size: 1.3rem; line-height: 1.25; letter-spacing: -0.01em; margin: 0 0 .9rem; text-wrap: balance; }
    p { margin: .8rem 0; max-width: 44rem; overflow-wrap: anywhere; }
    code, pre { font: .9em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    :not(pre) > code { background: var(--grid); border-radius: 3px; padding: .1em .3em; }
    pre { font-size: .86rem; background: var(--raised); border: 1px solid var(--rule); border-radius: 6px; \
    padding: .8rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: 1rem 0; }
    .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1px; margin: 1.1rem 0;
      background: var(--raised); border: 1px solid var(--rule); border-radius: 8px; overflow: hidden; }
    .facts div { box-shadow: 0 0 0 1px var(--rule); padding: .7rem .95rem; }
    dt { color: var(--soft); font-size: .82rem; }
    dd { margin: .1rem 0 0; font-size: 1.05rem; font-weight: 600; font-variant-numeric: tabular-nums; \
    overflow-wrap: anywhere; }
    figure { margin: 1.5rem 0; }
    figcaption { color: var(--soft); font-size: .92rem; line-height: 1.45; margin: 0 0 .6rem; max-width: 44rem; }
    figcaption strong { color: var(--ink); font-size: 1rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; min-width: 100%; font-size: .93rem; font-variant-numeric: tabular-nums; }
    th { text-align: left; font-weight: 600; font-size: .84rem; color: var(--soft); vertical-align: bottom; \
    border-bottom: 1.5px solid var(--soft); }
    th, td { padding: .42rem .8rem .42rem 0; line-height: 1.35; }
    th + th, td + td { padding-left: .8rem; }
    th:last-child, td:last-child { padding-right: .2rem; }
    td { border-bottom: 1px solid var(--rule); }
    td:first-child { min-width: 6.5rem; }
    td:last-child:not(.number) { min-width: 10rem; }
    .number { text-align: right; white-space: nowrap; }
    td b { color: var(--accent); font-weight: 700; }
    .verdict { --tone: var(--information); display: grid; grid-template-columns: 6rem 1fr; gap: .2rem .9rem; \
    align-items: start; margin: .9rem 0; }
    .verdict.holds { --tone: var(--holds); } .verdict.fails { --tone: var(--fails); } \
    .verdict.mixed { --tone: var(--mixed); } .verdict.open { --tone: var(--soft); }
    .verdict p { margin: 0; }
    .verdict p span { color: var(--soft); display: block; }
    .badge { color: var(--tone); border: 1.5px solid; border-radius: 99px; padding: .05rem .4rem; font-size: .84rem; \
    font-weight: 650; text-align: center; white-space: nowrap; }
    details { border: 1px solid var(--rule); border-radius: 8px; background: var(--raised); margin: 1rem 0; }
    summary { cursor: pointer; padding: .6rem .95rem; font-weight: 600; }
    .folded { padding: 0 .95rem .4rem; }
    .folded pre { background: var(--ground); }
    .beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0 2.2rem; }
    .beside > div { min-width: 0; }
    .chart { container-type: inline-size; }
    svg { display: block; width: 100%; height: auto; font-family: inherit; }
    svg.narrow { display: none; max-width: 34rem; }
    .legend { display: none; flex-wrap: wrap; gap: .15rem 1.1rem; list-style: none; margin: 0 0 .6rem; padding: 0; \
    font-size: .88rem; line-height: 1.4; }
    .legend.always { display: flex; }
    .legend li { display: flex; align-items: center; gap: .45rem; }
    .legend svg { width: 34px; height: 14px; flex: none; }
    @container (max-width: 639.9px) { svg.narrow { display: block; } svg.wide { display: none; } \
    .legend { display: flex; } }
    svg text { fill: var(--soft); font-size: 14px; font-variant-numeric: tabular-nums; }
    svg .title { fill: var(--ink); font-weight: 500; }
    svg .grid { stroke: var(--grid); stroke-width: 1; } svg .minor { stroke: var(--grid); stroke-width: .6; \
    opacity: .7; }
    svg .axis { stroke: var(--soft); stroke-width: 1; }
    svg .reference { stroke: var(--soft); stroke-width: 1.4; stroke-dasharray: 2 4; stroke-linecap: round; }
    svg .halo { paint-order: stroke; stroke: var(--ground); stroke-width: 4px; stroke-linejoin: round; }
    svg .line { fill: none; stroke: var(--series); stroke-width: 2.1; stroke-linejoin: round; stroke-linecap: round; }
    svg .strong .line { stroke-width: 3.4; } svg .dashed { stroke-dasharray: 7 5; } \
    svg .dotted { stroke-dasharray: 1 5; }
    svg .band { fill: var(--series); opacity: .17; }
    svg .marker { fill: var(--series); stroke: var(--ground); stroke-width: 1.2; paint-order: stroke; }
    svg .open { fill: var(--ground); stroke: var(--series); stroke-width: 2; paint-order: normal; }
    svg .hit { fill: transparent; } svg .hit:hover { fill: var(--series); opacity: .4; }
    svg .leader { stroke: var(--series); stroke-width: 1; opacity: .55; fill: none; }
    svg .label { fill: var(--series); font-weight: 550; } svg .strong .label { font-weight: 700; }
    .s0 { --series: var(--c0); } .s1 { --series: var(--c1); } .s2 { --series: var(--c2); } .s3 { --series: var(--c3); }
    .s4 { --series: var(--c4); } .s5 { --series: var(--c5); } .s6 { --series: var(--c6); } .s7 { --series: var(--c7); }
    .s8 { --series: var(--c8); } .s9 { --series: var(--c9); }
    svg .small { font-size: 12px; } svg .block { fill: var(--grid); opacity: .6; }
    svg .kept { fill: var(--accent); } svg .untouched { fill: var(--missing); }
    svg .whole { fill: none; stroke: var(--soft); stroke-width: 1; }
    svg .skip { fill: none; stroke: var(--c0); stroke-width: 1.4; stroke-linejoin: round; }
    .map svg { max-width: 34rem; } .missing { fill: var(--missing); }
    @media print { @page { margin: 16mm; } body { font-size: 10.5pt; background: none; } main { max-width: none; \
    padding: 0; }
      figure, .verdict, .facts, tr { break-inside: avoid; } h2 { break-after: avoid; } nav { display: none; }
      svg, .facts, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; } \
    .scroll { overflow: visible; } }
    """
}
