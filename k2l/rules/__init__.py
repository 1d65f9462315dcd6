"""Catalogue of lint rules, one file each: ``k2l<number>_<name>.py`` with a ``check`` and a ``RULE``.

0xx input, 1xx workload, 2xx network, 3xx state, 4xx identity and secrets, 5xx limits, 6xx schedules.

Rules that ``block`` a target are the placement policy: nothing else forbids. A module's docstring is the rule's page; its *Bad* and *Good*
blocks are its tests. An example is whole objects, or, without ``apiVersion``, the fields that matter of a container, pod spec or CronJob
spec; the test puts them into a Deployment ``web``, or into a CronJob. To objects without a workload it adds that Deployment, with its
Service. ``<5000 characters>`` is a string of that length; a line with ``<200 times>`` at its end stands there so often, numbered by ``#``.

Modules that begin with ``_`` hold what several rules share."""
