namespace Actors.Engine.CodeGeneration;

/// <summary>The result of a method that has none.</summary>
public readonly record struct Unit
{
    /// <summary>A task without result as one with this result; costs nothing when it is complete.</summary>
    public static ValueTask<Unit> From(Task task)
    {
        return task.IsCompletedSuccessfully ? default : Await(task);

        static async ValueTask<Unit> Await(Task task)
        {
            await task;
            return default;
        }
    }

    /// <summary>A task without result as one with this result; costs nothing when it is complete.</summary>
    public static ValueTask<Unit> From(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            task.GetAwaiter().GetResult();
            return default;
        }

        return Await(task);

        static async ValueTask<Unit> Await(ValueTask task)
        {
            await task;
            return default;
        }
    }
}
