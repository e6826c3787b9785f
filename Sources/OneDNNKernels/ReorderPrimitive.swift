#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierTensors

  /// A copy of a value from one order to another as a oneDNN primitive.
  final class ReorderPrimitive: Kernel {
    private let source: OneDNNMemory
    private let target: OneDNNMemory
    private let step: OneDNNStep

    /// The copy of a value of `shape`; `nil` if oneDNN does not support it.
    init?(_ shape: Shape, from source: AxisOrder, to target: AxisOrder) {
      guard let source = OneDNNMemory(operand: OneDNNLayout(shape, in: source)),
        let target = OneDNNMemory(operand: OneDNNLayout(shape, in: target)),
        let step = OneDNNStep(from: source, to: target)
      else { return nil }
      (self.source, self.target, self.step) = (source, target, step)
    }

    func run(_ operands: Operands) {
      source.point(to: operands.inputs[0]!.address)
      target.point(to: operands.outputs[0].address)
      step.run()
    }
  }
#endif
