"""Updating a stack changes its outputs and exports; moto keeps the exports, and after a change set the outputs."""

from moto.cloudformation.models import ChangeSet, Stack, cloudformation_backends

_apply = ChangeSet.apply
_update = Stack.update


def renew_exports(stack):
    exports = cloudformation_backends[stack.account_id][stack.region_name].exports
    for name in [name for name, export in exports.items() if export.exporting_stack_id == stack.stack_id]:
        del exports[name]
    exports.update({export.name: export for export in stack.exports})


def apply(self):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html"""
    _apply(self)
    self.stack.template = self.template
    self.stack._parse_template()
    self.stack.output_map = self.stack._create_output_map()
    renew_exports(self.stack)


def update(self, *arguments, **named):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html"""
    _update(self, *arguments, **named)
    renew_exports(self)


def fill():
    ChangeSet.apply = apply
    Stack.update = update
