using Actors.Engine.CodeGeneration;
using Actors.Engine.Serialization;
using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Reminders;

/// <summary>The call of <see cref="IRemindable.ReceiveReminder"/>.</summary>
internal sealed class ReminderRequest(string name, TickStatus status) : GrainRequest<Unit>
{
    private static readonly GrainMethod _method = new(
        "orleans.remindable", "receive", nameof(IRemindable), nameof(IRemindable.ReceiveReminder), false, false, false);

    public override GrainMethod Method => _method;

    public override void EncodeArguments(FieldWriter writer) => throw new NotSupportedException("Ticks are sent by the process that runs the grain.");

    public override void EncodeResult(FieldWriter writer, Unit result)
    {
        // There is none.
    }

    public override Unit DecodeResult(ref FieldReader reader) => default;

    public override ValueTask<Unit> InvokeAsync(object target, CancellationToken cancellationToken) =>
        Unit.From(((IRemindable)target).ReceiveReminder(name, status));
}
