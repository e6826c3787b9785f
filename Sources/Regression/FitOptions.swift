import EspalierProximalPoint

/// How a model is fitted.
package struct FitOptions: Sendable {
  /// The methods by name.
  package enum MethodName: String, CaseIterable, Sendable {
    /// Stochastic gradient descent.
    case sgd
    /// With heavy ball momentum.
    case sgdm
    /// With Nesterov's momentum.
    case nesterov
    /// The stochastic proximal point algorithm.
    case sppa
    /// With momentum.
    case sppam
  }

  /// Steps of one size, exactly as many as `epochs` give.
  package struct ConstantSteps: Sendable {
    /// The method.
    package var method: MethodName
    /// The step size.
    package var step: Double
    /// The momentum, of methods that have one.
    package var momentum: Double
    /// How many examples make a step, and how they are combined.
    package var batch: Batch
    /// How SPPAM's momentum is held back.
    package var damping: MomentumDamping

    /// Makes the steps.
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

    /// The method with these numbers, in batches of the rows there are at most.
    func value(rows: Int) -> any Method {
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

  /// Steps of one size; `nil` for the default, which needs no step size.
  package var steps: ConstantSteps?
  /// The step size that the default begins with: any will do.
  package var initialStep = 1.0
  /// The greatest number of passes over the data; `nil` for 10 with constant steps, and for what it takes without.
  package var epochs: Int?
  /// In which order examples are visited.
  package var order: MinimizationOptions.Order
  /// Whether the model has an intercept.
  package var intercept: Bool
  /// Whether constant steps are taken on standardised features. The default always does.
  package var standardize: Bool
  /// The strength of the absolute values.
  package var l1: Double
  /// The strength of half the squares.
  package var l2: Double
  /// The share of rows held out, by whose loss the fit is stopped; 0 holds out none.
  package var validation: Double
  /// How many epochs the held-out loss may fail to improve.
  package var patience: Int
  /// What is random follows from it.
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
    switch (l1, l2) {
    case (0, 0): NoRegularizer()
    case (0, _): L2(l2)
    case (_, 0): L1(l1)
    default: ElasticNet(l1: l1, l2: l2)
    }
  }
}
