import EspalierReports

extension Exhibit {
  /// The maps of convergence on a quadratic.
  package static let quadraticMap = Exhibit(
    paper: .sppam, place: "section 3 and figure 1", title: "Where each method converges on a quadratic",
    experiment: "sppam-quadratic",
    published: [
      .paragraph(
        "‖x₁₀₀ − x*‖², at most 10, as heat maps over step sizes and momenta from −5 to 5, for GD, PPA, GDM and "
          + "PPAM on a quadratic of 100 dimensions and condition number 10; and a condition for each method, which is "
          + "to describe where it converges.")
    ])

  /// The regressions.
  package static let regressions = Exhibit(
    paper: .sppam, place: "section 5, figures 2 and 3", title: "Iterations against step size on regressions",
    experiment: "sppam-glm",
    published: [
      .paragraph(
        "The median iterations of five trials until ‖b − h(Ax)‖² ≤ 0.01 ‖b‖², of at most 10,000, by step size "
          + "from 1e-3 to 1e3: linear regression with condition numbers 1, 5 and 10, Poisson regression with 1, 3 "
          + "and 5; n = p = 100, batches of 10, momentum 0.9.")
    ])

  /// The sentence on networks in the abstract.
  package static let networks = Exhibit(
    paper: .sppam, place: "abstract, as a statement on networks", title: "Step sizes that train a network",
    experiment: "sppam-networks",
    published: [
      .paragraph(
        "The paper proves its claims for strongly convex functions and measures them on regressions. It speaks of "
          + "networks as the place where momentum matters and has no experiment on them: the question is the paper's, "
          + "the experiment ours.")
    ])

  /// The sentence on stability in the abstract.
  package static let stability = Exhibit(
    paper: .sppam, place: "abstract, on stability", title: "Where stochastic methods converge",
    experiment: "sppam-stability",
    published: [
      .paragraph(
        "SPPAM depends on problem constants more favourably than SGDM, and a wider range of step sizes and momenta "
          + "leads to convergence. The paper's map is of the deterministic methods (figure 1).")
    ])

  /// The theorems and corollaries on convergence.
  package static let rates = Exhibit(
    paper: .sppam, place: "section 4, theorem 5 and corollary 7", title: "Contraction, neighbourhood, wrong constants",
    experiment: "sppam-rates",
    published: [
      .paragraph(
        "For strongly convex functions and gradient noise: a bound on the squared distance after a step, with a "
          + "contraction factor; a condition under which it is smaller than SPPA's; and a discount of the initial "
          + "conditions.")
    ])

  /// Rules of ours for real data.
  package static let rules = Exhibit(
    paper: .sppam, place: "beyond the paper", title: "Rules for step sizes on real data", experiment: "sppam-rules",
    published: [
      .paragraph(
        "The paper has no experiment on real data, and leaves the choice of step size and momentum to the user.")
    ])
}
