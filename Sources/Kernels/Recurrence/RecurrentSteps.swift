import EspalierExecution
import EspalierOperators
import EspalierTensors

/// The recurrence of one direction over one sample: the state h, the memory C of an LSTM, and the gates of a step.
struct RecurrentSteps {
  private let layer: RecurrentLayer
  private let activations: [RecurrentActivation]
  private let recurrent: UnsafePointer<Float>
  private let bias: UnsafePointer<Float>?
  private let peepholes: UnsafePointer<Float>?
  /// The state.
  private(set) var state: [Float]
  /// The memory of an LSTM.
  private(set) var memory: [Float]
  private var gates: [Float]

  /// The beginning of direction `direction` over sample `sample`.
  init(_ layer: RecurrentLayer, _ operands: Operands, direction: Int, sample: Int) {
    self.layer = layer
    let (units, rows) = (layer.units, layer.cell.gates * layer.units)
    activations = layer.activations[direction]
    func part(_ position: Int?, _ size: Int, at place: Int) -> UnsafePointer<Float>? {
      position.flatMap { operands.inputs[$0] }.map { UnsafePointer($0.floats.baseAddress! + place * size) }
    }
    recurrent = part(layer.recurrence, rows * units, at: direction)!
    bias = part(layer.bias, 2 * rows, at: direction)
    peepholes = part(layer.peepholes, 3 * units, at: direction)
    let place = layer.statePlace(direction: direction, sample: sample)
    func initial(_ position: Int?) -> [Float] {
      part(position, units, at: place).map { Array(UnsafeBufferPointer(start: $0, count: units)) }
        ?? Array(repeating: 0, count: units)
    }
    (state, memory) = (initial(layer.initialState), initial(layer.initialMemory))
    gates = Array(repeating: 0, count: rows)
  }

  /// Goes on by a step whose input is `projected`, the product of W with x for each row.
  mutating func step(_ projected: UnsafePointer<Float>) {
    let units = layer.units
    for row in gates.indices { gates[row] = projected[row] + (bias?[row] ?? 0) }
    switch layer.cell {
    case .rnn:
      addRecurrence(0..<units, state)
      for j in 0..<units { state[j] = apply(0, gates[j]) }
    case .gru: stepGRU()
    case .lstm: stepLSTM()
    }
  }

  private mutating func stepGRU() {
    let units = layer.units
    addRecurrence(0..<2 * units, state)
    for row in 0..<2 * units { gates[row] = apply(0, gates[row]) }
    if layer.isLinearBeforeReset {
      for j in 0..<units { gates[2 * units + j] += gates[units + j] * recurrence(2 * units + j, state) }
    } else {
      let reset = (0..<units).map { gates[units + $0] * state[$0] }
      addRecurrence(2 * units..<3 * units, reset)
    }
    for j in 0..<units {
      let update = gates[j]
      state[j] = (1 - update) * apply(1, gates[2 * units + j]) + update * state[j]
    }
  }

  private mutating func stepLSTM() {
    let units = layer.units
    addRecurrence(0..<4 * units, state)
    for j in 0..<units {
      let (i, o, f, c) = (j, units + j, 2 * units + j, 3 * units + j)
      let input = apply(0, gates[i] + (peepholes?[j] ?? 0) * memory[j])
      let forget = layer.couplesGates ? 1 - input : apply(0, gates[f] + (peepholes?[2 * units + j] ?? 0) * memory[j])
      memory[j] = forget * memory[j] + input * apply(1, gates[c])
      let output = apply(0, gates[o] + (peepholes?[units + j] ?? 0) * memory[j])
      state[j] = output * activations[2].value(memory[j])
    }
  }

  /// The activation `position` of a gate, which is cut off before.
  private func apply(_ position: Int, _ gate: Float) -> Float {
    activations[position].value(min(max(gate, -layer.clip), layer.clip))
  }

  /// Row `row` of R times `state`, with its bias.
  private func recurrence(_ row: Int, _ state: [Float]) -> Float {
    var sum = bias?[gates.count + row] ?? 0
    for k in state.indices { sum += recurrent[row * layer.units + k] * state[k] }
    return sum
  }

  private mutating func addRecurrence(_ rows: Range<Int>, _ state: [Float]) {
    for row in rows { gates[row] += recurrence(row, state) }
  }
}

extension RecurrentLayer {
  /// The position of a state among those of all directions and samples.
  func statePlace(direction: Int, sample: Int) -> Int {
    isBatchFirst ? sample * isReversed.count + direction : direction * batch + sample
  }

  /// The position of the state of a step among those of all steps, directions and samples.
  func statePlace(step: Int, direction: Int, sample: Int) -> Int {
    isBatchFirst
      ? (sample * steps + step) * isReversed.count + direction : (step * isReversed.count + direction) * batch + sample
  }

  /// The position of a sample's step in the input.
  func inputPlace(step: Int, sample: Int) -> Int { isBatchFirst ? sample * steps + step : step * batch + sample }

  /// Runs all directions over all samples; `projected` calls its last argument with the product of W with the input at
  /// a place, for a direction.
  func run(
    _ operands: Operands, projected: (_ place: Int, _ direction: Int, (UnsafePointer<Float>) -> Void) -> Void
  ) {
    for output in operands.outputs { output.floats.update(repeating: 0) }
    func write(_ values: [Float], to output: Int, at place: Int) {
      guard output < operands.outputs.count else { return }
      for j in 0..<units { operands.outputs[output].floats[place * units + j] = values[j] }
    }
    for (direction, reversed) in isReversed.enumerated() {
      for sample in 0..<batch {
        let stated = lengths.flatMap { operands.inputs[$0] }.map { Int($0.elements(as: Int32.self)[sample]) }
        let length = min(max(stated ?? steps, 0), steps)
        var recurrence = RecurrentSteps(self, operands, direction: direction, sample: sample)
        for number in 0..<length {
          let step = reversed ? length - 1 - number : number
          projected(inputPlace(step: step, sample: sample), direction) { recurrence.step($0) }
          write(
            recurrence.state, to: 0, at: statePlace(step: step, direction: direction, sample: sample))
        }
        let place = statePlace(direction: direction, sample: sample)
        write(recurrence.state, to: 1, at: place)
        write(recurrence.memory, to: 2, at: place)
      }
    }
  }
}
