import EspalierOperators
import EspalierTensors

extension Kernel {
  /// Runs the kernel once on the host, outside of any plan, on tensors in plain order.
  package func evaluate(_ inputs: [Tensor?], giving outputs: [TensorType]) -> [Tensor] {
    let host = HostDevice()
    var memory: [any DeviceMemory] = []
    func buffer(_ type: TensorType) -> Buffer {
      memory.append(host.allocate(byteCount: type.byteCount))
      return Buffer(address: memory[memory.count - 1].address, type: type)
    }
    let sources = inputs.map { tensor in
      tensor.map { tensor in
        let place = buffer(TensorType(of: tensor))
        place.write(tensor)
        return place
      }
    }
    let targets = outputs.map(buffer)
    run(Operands(inputs: sources, outputs: targets))
    return withExtendedLifetime(memory) { targets.map { $0.tensor() } }
  }
}
