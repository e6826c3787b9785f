import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierTensors
import Synchronization

/// A backend from outside of the project's own: it knows two operators, and its device has memory of its own and runs
/// kernels no sooner than somebody waits for it.
struct QueueBackend: Backend {
  let queue = QueueDevice()

  var name: String { "queue" }

  var device: any Device { queue }

  func kernel(_ node: TypedNode, in order: AxisOrder) throws(EspalierError) -> any Kernel {
    guard let op = node.op as? any QueueOperator else { throw node.error("is not known to the queue") }
    return op.queueKernel
  }
}

/// An operator that the queue knows.
protocol QueueOperator: Operator {
  var queueKernel: any Kernel { get }
}

extension Relu: QueueOperator {
  var queueKernel: any Kernel {
    FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      for i in y.indices { y[i] = max(x[i], 0) }
    }
  }
}

extension Add: QueueOperator {
  var queueKernel: any Kernel {
    FunctionKernel { operands in
      let (a, b, y) = (operands.inputs[0]!.floats, operands.inputs[1]!.floats, operands.outputs[0].floats)
      for i in y.indices { y[i] = a[i] + b[i] }
    }
  }
}

/// A device that remembers the kernels it is given, in order, until it is waited for.
final class QueueDevice: Device {
  private struct Job: @unchecked Sendable {
    let kernel: any Kernel
    let operands: Operands
  }

  private let jobs = Mutex<[Job]>([])
  private let counts = Mutex<(written: Int, read: Int, run: Int)>((0, 0, 0))

  /// How many values went in and out, and how many kernels have run.
  var traffic: (written: Int, read: Int, run: Int) { counts.withLock { $0 } }

  /// How many kernels wait.
  var waiting: Int { jobs.withLock { $0.count } }

  func allocate(byteCount: Int) -> any DeviceMemory { HostDevice().allocate(byteCount: byteCount) }

  func write(_ value: StoredValue, to buffer: Buffer) {
    wait()
    counts.withLock { $0.written += 1 }
    buffer.write(value)
  }

  func read(_ buffer: Buffer) -> StoredValue {
    wait()
    counts.withLock { $0.read += 1 }
    return buffer.stored()
  }

  func run(_ kernel: any Kernel, on operands: Operands) {
    jobs.withLock { $0.append(Job(kernel: kernel, operands: operands)) }
  }

  func wait() {
    let due = jobs.withLock { jobs in
      defer { jobs = [] }
      return jobs
    }
    for job in due { job.kernel.run(job.operands) }
    counts.withLock { $0.run += due.count }
  }
}
