import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The Fourier transforms of frames of a signal: of `frame length` numbers each, `frame step` apart, times a window.
///
/// The signal is `n x length` or, with a last axis of one (real) or two (complex), `n x length x 1`; the result `n x
/// frames x frequencies x 2`. Further inputs: step, window, and length of a frame, by default the window's. `onesided`,
/// which is the default, gives the frequencies up to half the length.
package struct STFT: CompositeOperator {
  /// `STFT`.
  package static let name: OperatorName = "STFT"

  /// Step and length.
  package static var inputsKnownBeforehand: [Int] { [1, 3] }

  /// Frames gathered from the signal, and products with the matrices of the transform.
  package let body: Body
  private let rank: Int
  private let hasWindow: Bool

  /// Reads step, window and length.
  package init(_ call: Invocation) throws(EspalierError) {
    let shape = try call.floatInput(0).shape
    let window = call.has(input: 2) ? try call.floatInput(2).shape : nil
    let step = try call.known(input: 1) { $0.integers() }?.first ?? 0
    let length = try call.known(input: 3) { $0.integers() }?.first ?? window?.first ?? 0
    let numbers = shape.rank == 3 ? shape[2] : 1
    guard (2...3).contains(shape.rank), step > 0, length > 0, length <= shape[1], [1, 2].contains(numbers),
      window.map({ $0 == [length] }) ?? true
    else { throw call.error("cannot cut \(shape) into frames of \(length), \(step) apart") }
    (rank, hasWindow) = (shape.rank, window != nil)
    let isHalf = try call.flag("onesided", default: true)
    let frames = (shape[1] - length) / step + 1
    let matrices = FourierMatrices(
      length: length, rows: length, columns: isHalf ? length / 2 + 1 : length, isInverse: false)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      guard Int.limitedProduct([frames, length]) <= 1 << 26 else {
        throw call.error("cuts \(shape) into \(frames) frames of \(length), more than fit into memory")
      }
      let signal = body.reshape(try body.required(0), to: Shape([shape[0], shape[1], numbers]))
      let places = (0..<frames).flatMap { frame in (0..<length).map { Int64(frame * step + $0) } }
      let cut = body.add(
        Gather.name, [signal, body.store(Tensor(shape: [frames, length], places))], ["axis": .int(1)])
      let parts = body.parts(of: cut, [shape[0], frames, length, numbers])
      var (real, imaginary) = parts
      if let window = body.input(2) {
        real = body.add(Multiply.name, [real, window])
        if let part = imaginary { imaginary = body.add(Multiply.name, [part, window]) }
      }
      let transformed = try matrices.add(real, imaginary, to: &body)
      body.finish([body.complex(transformed, [shape[0], frames, matrices.columns])])
    }
  }

  /// Signals pass through; their numbers are transformed.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: 1)
    let axes =
      (1..<rank).map { PortAxis(.input(0), $0) } + (1..<4).map { PortAxis(.output(0), $0) }
      + (hasWindow ? [PortAxis(.input(2), 0)] : [])
    rule.frozen = axes.map { FrozenAxis($0, "transforms it") }
    return rule
  }
}
