/// xi of one example, specialised for the methods and losses of most fits.
typealias Displacement = (_ predictor: Double, _ target: Double, _ step: Double, _ q: Double) -> Double

/// xi of `method` for one example of `loss`.
func displacement(of loss: any Loss, by method: any StochasticMethod) -> Displacement {
  switch (loss, method) {
  case (let loss as SquaredLoss, is any ProximalMethod):
    { loss.proximalDisplacement(from: $0, target: $1, step: $2, squaredNorm: $3) }
  case (let loss as LogisticLoss, is any ProximalMethod):
    { loss.proximalDisplacement(from: $0, target: $1, step: $2, squaredNorm: $3) }
  case (let loss as PoissonLoss, is any ProximalMethod):
    { loss.proximalDisplacement(from: $0, target: $1, step: $2, squaredNorm: $3) }
  case (let loss as SquaredLoss, is SGD), (let loss as SquaredLoss, is SGDM):
    { predictor, target, step, _ in -step * loss.derivative(predictor, target) }
  case (let loss as LogisticLoss, is SGD), (let loss as LogisticLoss, is SGDM):
    { predictor, target, step, _ in -step * loss.derivative(predictor, target) }
  default:
    { method.displacement(of: loss, predictor: $0, target: $1, step: $2, squaredNorm: $3) }
  }
}
