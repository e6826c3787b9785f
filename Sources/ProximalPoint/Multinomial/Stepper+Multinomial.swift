extension Stepper {
  /// The steps of a method for several classes, specialised for the rows of this module.
  init<Rows: FeatureRows, R: Regularizer>(
    _ method: any StochasticMethod, _ loss: MultinomialLogisticLoss, _ examples: Examples<Rows>, _ regularizer: R,
    at iterate: Iterate, averaging: Bool
  ) {
    switch examples {
    case let dense as Examples<DenseRows>:
      self.init(rows: dense, method, loss, regularizer, iterate, averaging)
    case let sparse as Examples<SparseRows>:
      self.init(rows: sparse, method, loss, regularizer, iterate, averaging)
    default:
      self.init(MultinomialKernel(method, loss, examples, regularizer, at: iterate, averaging: averaging))
    }
  }

  private init<Rows: FeatureRows>(
    rows: Examples<Rows>, _ method: any StochasticMethod, _ loss: MultinomialLogisticLoss,
    _ regularizer: some Regularizer,
    _ iterate: Iterate, _ averaging: Bool
  ) {
    switch regularizer {
    case let none as NoRegularizer:
      self.init(MultinomialKernel(method, loss, rows, none, at: iterate, averaging: averaging))
    case let l2 as L2:
      self.init(MultinomialKernel(method, loss, rows, l2, at: iterate, averaging: averaging))
    default:
      self.init(MultinomialKernel(method, loss, rows, regularizer, at: iterate, averaging: averaging))
    }
  }

  private init<Rows: FeatureRows, R: Regularizer>(_ kernel: MultinomialKernel<Rows, R>) {
    steps = { kernel.steps }
    iterate = { kernel.iterate }
    takeAverage = { kernel.takeAverage() }
    totalLoss = { kernel.totalLoss(of: $0) }
    prepare = nil
    advance = { kernel.advance(on: $0, step: $1) }
  }
}
