using System.Net;
using Actors.Engine.CodeGeneration;
using Actors.Engine.Transport;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Engine.Diagnostics;

internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Grain} activated.")]
    public static partial void Activated(ILogger log, GrainId grain);

    [LoggerMessage(2, LogLevel.Debug, "{Grain} deactivated: {Reason}")]
    public static partial void Deactivated(ILogger log, GrainId grain, DeactivationReason reason);

    [LoggerMessage(3, LogLevel.Warning, "{Grain} could not be activated.")]
    public static partial void ActivationFailed(ILogger log, Exception error, GrainId grain);

    [LoggerMessage(4, LogLevel.Warning, "{Grain} failed in OnDeactivateAsync; it is gone all the same.")]
    public static partial void DeactivationFailed(ILogger log, Exception error, GrainId grain);

    [LoggerMessage(5, LogLevel.Warning, "{Grain} is deactivated while {Count} calls still run.")]
    public static partial void DrainingGivenUp(ILogger log, GrainId grain, int count);

    [LoggerMessage(6, LogLevel.Warning, "{Method} on {Grain} failed, and nobody waits for it any more.")]
    public static partial void NobodyHears(ILogger log, Exception error, GrainMethod method, GrainId grain);

    [LoggerMessage(7, LogLevel.Error, "A timer of {Grain} failed.")]
    public static partial void TimerFailed(ILogger log, Exception error, GrainId grain);

    [LoggerMessage(8, LogLevel.Error, "Reminder {Name} of {Grain} failed; it is tried again when its claim expires.")]
    public static partial void ReminderFailed(ILogger log, Exception error, string name, GrainId grain);

    [LoggerMessage(9, LogLevel.Error, "Due reminders could not be read.")]
    public static partial void RemindersNotRead(ILogger log, Exception error);

    [LoggerMessage(10, LogLevel.Debug, "{Method} is dropped: observer {Observer} is gone.")]
    public static partial void ObserverGone(ILogger log, GrainMethod method, GrainId observer);

    [LoggerMessage(11, LogLevel.Warning, "{Method} is dropped: observer {Observer} does not keep up.")]
    public static partial void ObserverSlow(ILogger log, GrainMethod method, GrainId observer);

    [LoggerMessage(12, LogLevel.Warning, "{Method} failed in observer {Observer}.")]
    public static partial void ObserverFailed(ILogger log, Exception error, GrainMethod method, GrainId observer);

    [LoggerMessage(13, LogLevel.Error, "State {State} of {Grain} was not written; its activation goes away.")]
    public static partial void StateNotWritten(ILogger log, Exception error, string state, GrainId grain);

    [LoggerMessage(14, LogLevel.Warning, "Stopping: {Count} activations did not end in time.")]
    public static partial void StopGivenUp(ILogger log, int count);

    [LoggerMessage(15, LogLevel.Critical, "The engine failed in a turn of {Grain}.")]
    public static partial void TurnFailed(ILogger log, Exception error, GrainId grain);

    [LoggerMessage(20, LogLevel.Debug, "Connected to {Peer} (dialed from here: {IsDialed}).")]
    public static partial void Connected(ILogger log, ProcessIdentity peer, bool isDialed);

    [LoggerMessage(21, LogLevel.Debug, "The connection to {Peer} has ended.")]
    public static partial void Disconnected(ILogger log, Exception? reason, ProcessIdentity peer);

    [LoggerMessage(22, LogLevel.Warning, "A connection from another process could not be accepted.")]
    public static partial void NotAccepted(ILogger log, Exception error);

    [LoggerMessage(23, LogLevel.Warning, "A connection from {Address} was refused: {Reason}")]
    public static partial void StrangerRefused(ILogger log, EndPoint? address, string reason);

    [LoggerMessage(24, LogLevel.Debug, "{Request} went to the wrong silo and was dropped: nobody waits for it.")]
    public static partial void OneWayAstray(ILogger log, GrainRequest request);

    [LoggerMessage(25, LogLevel.Warning, "No silo can be dialed.")]
    public static partial void SecretUnknown(ILogger log, Exception error);
}
