import EspalierProximalPoint

/// The options of a fit.
package struct FitOptions: Sendable {
  /// The methods by name.
  package enum MethodName: String, CaseIterable, Sendable {
    /// Stochastic gradient descent.
    case sgd
    /// Stochastic gradient descent with heavy ball momentum.
    case sgdm
    /// Stochastic gradient descent with Nesterov's momentum.
    case nesterov
    /// The stochastic proximal point algorithm.
    case sppa
    /// The stochastic proximal point algorithm with momentum.
    case sppam
  }

  /// A method with a constant step size, run for exactly `epochs` epochs.
  package struct ConstantSteps: Sendable {
    /// The method.
    package var method: MethodName
    /// The step size.
    package var step: Double
    /// The momentum, for methods that have one.
    package var momentum: Double
    /// The number of examples of a step, and how they are combined.
    package var batch: Batch
    /// The damping of SPPAM's momentum.
    package var damping: MomentumDamping

    /// Constant steps of a method.
    package init(
      method: MethodName = .sppam, step: Double = 1, momentum: Double = 0.9, batch: Batch = .averaged(10),
      damping: MomentumDamping = .none
    ) {
      self.method = method
      self.step = step
      self.momentum = momentum
      self.batch = batch
      self.damping = damping
    }

    /// The method with these parameters, its batches no larger than the number of rows.
    func value(rows: Int) -> any StochasticMethod {
      let size = min(batch.size, max(1, rows))
      let batch = batch.form == .joint ? Batch.joint(size) : .averaged(size)
      return switch method {
      case .sgd: SGD(step: step, batch: batch)
      case .sgdm: SGDM(step: step, momentum: momentum, batch: batch)
      case .nesterov: Nesterov(step: step, momentum: momentum, batch: batch)
      case .sppa: SPPA(step: step, batch: batch)
      case .sppam: SPPAM(step: step, momentum: momentum, batch: batch, damping: damping)
      }
    }
  }

  /// Constant steps of a method; `nil` for the default solver, which needs no step size.
  package var steps: ConstantSteps?
  /// The initial step size of the default solver; any value works.
  package var initialStep = 1.0
  /// The maximum number of passes over the data; `nil` for 10 with constant steps, otherwise as many as needed.
  package var epochs: Int?
  /// The order in which examples are visited.
  package var order: MinimizationOptions.Order
  /// Whether the model has an intercept.
  package var intercept: Bool
  /// Whether constant steps are taken on standardised features. The default solver always standardises.
  package var standardize: Bool
  /// The strength of the L1 regulariser.
  package var l1: Double
  /// The strength of the L2 regulariser.
  package var l2: Double
  /// Factors of the strengths and bounds by feature; `nil` for none.
  package var conditions: FeatureConditions?
  /// The share of rows held out for early stopping; 0 for none.
  package var validation: Double
  /// The number of epochs without improvement of the held-out loss after which the fit stops.
  package var patience: Int
  /// The seed of all random choices.
  package var seed: UInt64

  /// Makes options.
  package init(
    steps: ConstantSteps? = nil, epochs: Int? = nil, order: MinimizationOptions.Order = .cyclic, intercept: Bool = true,
    standardize: Bool = false, l1: Double = 0, l2: Double = 0, validation: Double = 0, patience: Int = 3,
    seed: UInt64 = 0
  ) {
    self.steps = steps
    self.epochs = epochs
    self.order = order
    self.intercept = intercept
    self.standardize = standardize
    self.l1 = l1
    self.l2 = l2
    self.validation = validation
    self.patience = patience
    self.seed = seed
  }

  /// The regulariser of both strengths.
  var regularizer: any Regularizer {
    if let conditions { return ConditionedElasticNet(l1: l1, l2: l2, conditions) }
    return switch (l1, l2) {
    case (0, 0): NoRegularizer()
    case (0, _): L2(l2)
    case (_, 0): L1(l1)
    default: ElasticNet(l1: l1, l2: l2)
    }
  }
}
